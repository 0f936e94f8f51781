import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';

/** Every message begins with the same vector, as the platform does it. */
const ZERO_IV = Buffer.alloc(16);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * An app's content key.
 *
 * @throws TypeError where the text is not the base64 of 16, 24 or 32 bytes
 */
export function readContentKey(base64: string): KeyObject {
  const bytes = Buffer.from(base64, 'base64');
  if (!BASE64.test(base64) || ![16, 24, 32].includes(bytes.length)) {
    throw new TypeError('The content key has to be the base64 of 16, 24 or 32 bytes.');
  }
  return createSecretKey(bytes);
}

/** AES-CBC with PKCS#7 (gateway's published documents, content encryption), as base64. */
export function encryptContent(plain: Buffer, key: KeyObject): string {
  const cipher = createCipheriv(algorithmOf(key), key, ZERO_IV);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** Null where the text is no base64, or was not encrypted with the key. */
export function decryptContent(base64: string, key: KeyObject): Buffer | null {
  if (!BASE64.test(base64)) return null;
  const decipher = createDecipheriv(algorithmOf(key), key, ZERO_IV);
  try {
    return Buffer.concat([decipher.update(base64, 'base64'), decipher.final()]);
  } catch {
    return null;
  }
}

function algorithmOf(key: KeyObject): string {
  return `aes-${(key.symmetricKeySize ?? 0) * 8}-cbc`;
}
