import { AlipayError } from '../errors/alipay-error.js';
import { readBase64 } from './crypto-js.js';
import { EncryptKey } from './encrypt-key.js';

const KEY_BYTES: readonly number[] = [16, 24, 32];
/** 32 hexadecimal digits are base64 of 24 bytes too, but no key looks like that by chance. */
const HEX = /^(?:[\da-f]{32}|[\da-f]{48}|[\da-f]{64})$/i;

/**
 * Reads the application's content encryption key: base64 of 16, 24 or 32 bytes, with blanks or quotes around it.
 *
 * Throws `AlipayError` (`INVALID_ENCRYPT_KEY`), which says what was found and never shows it.
 * Source: the gateway's published documents, content encryption (接口内容加密方式).
 *
 * @param text the key in base64
 *
 * @example
 * const key = readEncryptKey('MDEyMzQ1Njc4OWFiY2RlZg==');
 * key.bits; // 128
 */
export function readEncryptKey(text: string): EncryptKey {
  const base64 = text
    .trim()
    .replace(/^(["'])([^]*)\1$/, '$2')
    .trim();
  if (base64 === '') throw refusal('an empty text');
  if (base64.includes('-----')) throw refusal('a PEM block');
  if (HEX.test(base64)) throw refusal('hexadecimal digits');
  const bytes = readBase64(base64);
  if (bytes === null) throw refusal('a text that is not base64');
  if (!KEY_BYTES.includes(bytes.length)) throw refusal(`base64 of ${bytes.length} bytes`);
  return new EncryptKey(bytes);
}

function refusal(found: string): AlipayError {
  return new AlipayError(
    'INVALID_ENCRYPT_KEY',
    `Found ${found}, wanted the application's AES key: base64 of 16, 24 or 32 bytes.`,
    {
      nextStep:
        "Copy the content encryption key (接口内容加密方式, AES密钥) whole from the application's development settings in the open platform's console.",
    },
  );
}
