import { AlipayError } from '../errors/alipay-error.js';
import { encodeUtf8 } from '../unicode/index.js';
import { parseSignType } from './sign-type.js';
import type { SignType } from './signature-engine.js';

export interface PortableSignOptions {
  /** `RSA2` (default) or `RSA`, in any letter case. */
  signType?: string;
  /** How a text becomes bytes: `utf-8` (default). Of any other charset, hand over the bytes themselves. */
  charset?: string;
}

/** What signing and verifying have in common where there is no table of any charset. */
export function resolvePortably(
  content: string | Uint8Array,
  { signType = 'RSA2', charset = 'utf-8' }: PortableSignOptions,
): { bytes: Uint8Array; signType: SignType } {
  const type = parseSignType(signType);
  if (typeof content !== 'string') return { bytes: content, signType: type };
  if (/^utf-?8$/i.test(charset.trim())) return { bytes: encodeUtf8(content), signType: type };
  throw new AlipayError('UNSUPPORTED_CHARSET', 'The portable package writes utf-8 only.', {
    nextStep: 'Write the text in its charset yourself, and hand over the bytes.',
  });
}
