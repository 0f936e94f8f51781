import { AlipayError } from '@zhimaper/alipay-core/errors';
import {
  PrivateKey,
  readPrivateKey,
  readPublicKey,
  type PublicKey,
} from '@zhimaper/alipay-core/signing';
import { canPrompt, prompt } from '../../input/prompt.js';
import { nameOf, readTextSource } from '../../input/source.js';
import type { CliContext } from '../../runtime/context.js';
import { CommandFailure } from '../../runtime/failure.js';

/** Far more than any key or certificate file holds. */
const MAX_KEY_BYTES = 64 * 1024;

/** Reads whichever half of a pair a file holds, asking for the passphrase where it needs one. */
export async function readKey(
  context: CliContext,
  source: string,
  passphraseFile?: string,
): Promise<PrivateKey | PublicKey> {
  const text = await readTextSource(context, source, MAX_KEY_BYTES);
  const passphrase = /ENCRYPTED/.test(text)
    ? await readPassphrase(context, source, passphraseFile)
    : undefined;
  try {
    return isPublic(text)
      ? readPublicKey(text)
      : readPrivateKey(text, passphrase === undefined ? {} : { passphrase });
  } catch (error) {
    if (!(error instanceof AlipayError)) throw error;
    throw new CommandFailure('invalid-input', `${nameOf(source)}: ${error.message}`, {
      nextStep: error.nextStep,
      cause: error,
    });
  }
}

/** The public half of either. */
export function publicHalf(key: PrivateKey | PublicKey): PublicKey {
  return key instanceof PrivateKey ? key.publicKey : key;
}

function isPublic(text: string): boolean {
  try {
    readPublicKey(text);
    return true;
  } catch {
    // The refusal of a private key's reader is the better one for what is no key at all.
    return false;
  }
}

async function readPassphrase(
  context: CliContext,
  source: string,
  file: string | undefined,
): Promise<string | undefined> {
  if (file !== undefined) {
    return (await readTextSource(context, file, MAX_KEY_BYTES)).replace(/\r?\n$/, '');
  }
  if (source === '-' || !canPrompt(context)) return undefined;
  return prompt(context, { label: 'Passphrase', hidden: true });
}
