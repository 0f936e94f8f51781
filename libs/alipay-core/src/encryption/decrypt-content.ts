import { AlipayError } from '../errors/alipay-error.js';
import type { AesEngine } from './aes-engine.js';
import { defaultAesEngine } from './default-aes-engine.js';
import type { EncryptKey } from './encrypt-key.js';
import { unpad } from './padding.js';

export interface DecryptContentOptions {
  /** Default: `node:crypto` where there is one, else jsrsasign. */
  engine?: AesEngine;
}

/**
 * Opens content that the gateway encrypted with AES: the bytes of the JSON inside. Verify the signature over the base64
 * first, quotes included: content that is not verified must not be opened.
 *
 * Throws `AlipayError` (`DECRYPTION_FAILED`), the same for whatever went wrong: a wrong key and damaged content cannot be
 * told apart, and must not be.
 * Source: the gateway's published documents, content encryption (接口内容加密方式).
 *
 * @param base64 the content as the gateway sent it, without quotes
 * @param key the application's content encryption key
 * @param options the engine
 *
 * @example
 * new TextDecoder().decode(decryptContent(base64, readEncryptKey('MDEyMzQ1Njc4OWFiY2RlZg==')));
 */
export function decryptContent(
  base64: string,
  key: EncryptKey,
  { engine = defaultAesEngine() }: DecryptContentOptions = {},
): Uint8Array {
  const padded = engine.decrypt(base64.replace(/\s/g, ''), key);
  const content = padded && unpad(padded);
  if (content !== null) return content;
  throw new AlipayError('DECRYPTION_FAILED', 'The key does not open this content.', {
    nextStep:
      "Configure the content encryption key (AES) that the open platform's console shows for this application.",
  });
}
