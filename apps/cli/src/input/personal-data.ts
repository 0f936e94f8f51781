import type { Output } from '../runtime/output.js';

/** Warns where arguments hold what other users of the machine could read in the process list. */
export async function warnOfPersonalArguments(
  output: Output,
  values: readonly string[],
): Promise<void> {
  if (values.length === 0) return;
  const { redactText } = await import('@zhimaper/alipay-core');
  if (values.some((value) => redactText(value) !== value)) await warnOfProcessList(output);
}

export async function warnOfProcessList(output: Output): Promise<void> {
  await output.warn(
    'personal data or a secret stands on the command line, where the process list and the shell history show it; use a file or stdin.',
  );
}
