import { redactText } from '../redaction/index.js';
import type { Cause } from './cause.js';
import { signatureCause, type SignatureCauseCode } from './signature-causes.js';
import { valueCause } from './value-causes.js';

const NAME = /(?:^|&)([A-Za-z_][\w.]{0,63})=/g;

/** Compares two strings to sign parameter by parameter and says what may have made the one of the other. */
export function textCauses(signed: string, received: string): Cause<SignatureCauseCode>[] {
  const [ours, theirs] = [parameters(signed), parameters(received)];
  const causes: Cause<SignatureCauseCode>[] = [];
  for (const [name, value] of ours) {
    const other = theirs.get(name);
    if (other === value) continue;
    if (other === undefined) causes.push(absence(name, value, 'missing-parameter'));
    else causes.push(ofValue(name, value, other));
  }
  for (const [name, value] of theirs) {
    if (!ours.has(name)) causes.push(absence(name, value, 'extra-parameter'));
  }
  if (causes.length > 0 && ours.size > 1) return causes;
  if ([...ours.keys()].join('&') !== [...theirs.keys()].join('&') && ours.size === theirs.size) {
    const evidence = 'The same parameters stand in another order.';
    return [...causes, signatureCause('order', 'certain', evidence)];
  }
  return [ofValue('', signed, received)];
}

/** A cut value makes the rest of it look like parameters; the name tells which. */
function absence(
  name: string,
  value: string,
  code: 'missing-parameter' | 'extra-parameter',
): Cause<SignatureCauseCode> {
  const evidence = `The parameter ${redactText(name)}.`;
  return signatureCause(value === '' ? 'empty-value' : code, 'certain', evidence);
}

function ofValue(name: string, signed: string, received: string): Cause<SignatureCauseCode> {
  const { code, evidence, isChecked } = valueCause(name, signed, received);
  const place = name === '' ? '' : `In ${redactText(name)}: `;
  const certainty = isChecked ? 'certain' : code === 'value-differs' ? 'possible' : 'likely';
  return signatureCause(code, certainty, place + evidence);
}

function parameters(text: string): Map<string, string> {
  const found = Array.from(text.matchAll(NAME));
  return new Map(
    found.map(({ 0: match, 1: name = '', index }, at) => [
      name,
      text.slice(index + match.length, found[at + 1]?.index ?? text.length),
    ]),
  );
}
