import type { View } from '../../runtime/view.js';
import type { Explanation } from './explanation.js';

/** An explanation for people: the difference under a caret, each cause with its next step, the error's meaning. */
export function showExplanation(explanation: Explanation, view: View): string[] {
  const { style } = view;
  const { difference, causes, error, fits } = explanation;
  const parts = [
    difference === null ? [] : showDifference(difference, view),
    fits === true && causes.length === 0 ? [style.green('The signature fits.')] : [],
    ...causes.map(({ certainty, title, evidence, nextStep, command }) => [
      `${style.bold(`${certainty}:`)} ${title}`,
      `  ${evidence}`,
      `  ${style.cyan('next:')} ${nextStep}`,
      ...(command === null ? [] : [`  ${style.dim('$')} ${command}`]),
    ]),
    error === null
      ? []
      : view.fields([
          ['code', error.code],
          ['sub-code', error.subCode],
          ['class', error.class],
          ['meaning', error.description, 'prose'],
          ['next step', error.solution, 'prose'],
        ]),
    error?.subCode?.endsWith('invalid-signature') === true && explanation.about === 'error'
      ? ['To see the first difference, give what was signed too: --signed @FILE.']
      : [],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .flatMap((lines, part) => (part > 0 ? ['', ...lines] : lines));
}

function showDifference(
  { index, byteIndex, parameter, expected, actual }: NonNullable<Explanation['difference']>,
  { style }: View,
): string[] {
  const byte = byteIndex === null ? '' : ` (byte ${byteIndex})`;
  const caret = ({ column }: { column: number }) =>
    `${' '.repeat('received  '.length + column)}${style.red('^')}`;
  return [
    `They part at character ${index}${byte}, in ${parameter ?? 'front of the first parameter'}.`,
    `signed    ${expected.text}`,
    caret(expected),
    `received  ${actual.text}`,
    caret(actual),
  ];
}
