import { PrivateKey } from '@zhimaper/alipay-core/signing';
import { writeSafely } from '../../files/write-safely.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';
import { publicHalf, readKey } from './read-key.js';
import { readFormat, writeKey } from './write-key.js';

export interface ConvertOptions {
  to?: string;
  public?: boolean;
  bare?: boolean;
  out?: string;
  force?: boolean;
  passphraseFile?: string;
}

/** Writes a key in another format. */
export async function runConvert({
  context,
  output,
  operands: [source = '-'],
  options,
}: CommandRun<ConvertOptions>): Promise<CommandOutcome> {
  const { bare = false, force = false, out, passphraseFile } = options;
  const given = await readKey(context, source, passphraseFile);
  const key = options.public === true ? publicHalf(given) : given;
  const kind = key instanceof PrivateKey ? 'private' : 'public';
  const format = readFormat(options.to, key);
  const encoding = bare ? 'bare' : 'pem';
  if (kind === 'private' && out === undefined) {
    throw new CommandFailure('invalid-usage', 'A private key is not printed.', {
      nextStep: 'Name a file with --out, or add --public for the public half.',
    });
  }

  const text = writeKey(key, format, bare);
  if (out === undefined) {
    if (output.json) {
      await output.result({ kind, format, encoding, file: null, text }, () => []);
    } else await output.text(text);
    return 'success';
  }
  await writeSafely(out, text, { force });
  await output.result({ kind, format, encoding, file: out, text: null }, (view) =>
    view.fields([
      ['kind', kind],
      ['format', format],
      ['encoding', encoding],
      ['file', out],
    ]),
  );
  return 'success';
}
