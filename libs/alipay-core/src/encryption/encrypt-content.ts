import { encodeText, type Charset } from '../charset/index.js';
import type { AesEngine } from './aes-engine.js';
import { defaultAesEngine } from './default-aes-engine.js';
import type { EncryptKey } from './encrypt-key.js';
import { pad } from './padding.js';

export interface EncryptContentOptions {
  /** The request's charset, whose bytes are encrypted. Default: `utf-8`. */
  charset?: Charset;
  /** Default: `node:crypto` where there is one, else jsrsasign. */
  engine?: AesEngine;
}

/**
 * Encrypts `biz_content` as the gateway wants it with `encrypt_type=AES`: AES-CBC, PKCS#7 padding, an initial vector of
 * zeros, base64. Done before signing: the signature covers the base64.
 *
 * Equal contents give equal results, since the vector is fixed by the protocol.
 * Throws `AlipayError` (`UNENCODABLE_CHARACTER`) for a character that the charset cannot hold.
 * Source: the gateway's published documents, content encryption (接口内容加密方式).
 *
 * @param content `biz_content` as text
 * @param key the application's content encryption key
 * @param options the charset and the engine
 *
 * @example
 * encryptContent('{"out_no":"1"}', readEncryptKey('MDEyMzQ1Njc4OWFiY2RlZg==')); // 'k/I/luqtYWgq079xE0Q9EQ=='
 */
export function encryptContent(
  content: string,
  key: EncryptKey,
  { charset = 'utf-8', engine = defaultAesEngine() }: EncryptContentOptions = {},
): string {
  return engine.encrypt(pad(encodeText(content, charset, 'biz_content')), key);
}
