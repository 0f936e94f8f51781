import { PrivateKey } from '@zhimaper/alipay-core/signing';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { CommandRun } from '../../runtime/session.js';
import { publicHalf, readKey } from './read-key.js';

export interface InspectOptions {
  with?: string;
  passphraseFile?: string;
}

/** Says what a key file holds, and whether another one is its other half. */
export async function runInspect({
  context,
  output,
  operands: [source = '-'],
  options: { with: otherSource, passphraseFile },
}: CommandRun<InspectOptions>): Promise<CommandOutcome> {
  const key = await readKey(context, source, passphraseFile);
  const other =
    otherSource === undefined ? null : await readKey(context, otherSource, passphraseFile);
  const result = {
    kind: key instanceof PrivateKey ? 'private' : 'public',
    format: key.format,
    bits: key.modulusBits,
    fingerprint: publicHalf(key).fingerprint,
    matches: other && publicHalf(key).equals(publicHalf(other)),
    warnings: key.warnings.map(({ code }) => code),
  };
  for (const { message } of key.warnings) await output.warn(message);
  await output.result(result, (view) =>
    view.fields([
      ['kind', result.kind],
      ['format', result.format],
      ['bits', String(result.bits)],
      ['fingerprint', result.fingerprint],
      ...(result.matches === null
        ? []
        : [['matches', result.matches ? view.style.green('yes') : view.style.red('no')] as const]),
    ]),
  );
  return result.matches === false ? 'not-verified' : 'success';
}
