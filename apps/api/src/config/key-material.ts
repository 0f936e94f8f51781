import { z } from 'zod';
import { Secret } from './secret.js';

const CANONICAL_BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const KEY_BYTES = 32;

/** One key of the ring, under the id that every cell encrypted with it carries. */
export interface EncryptionKey {
  id: string;
  material: Secret<Buffer>;
}

function decodeBase64(text: string): Buffer | null {
  return CANONICAL_BASE64.test(text) ? Buffer.from(text, 'base64') : null;
}

/** `id:base64,id:base64`: at least one key of 32 bytes, no id and no key twice. */
export const encryptionKeys = z.string().transform((text, context): EncryptionKey[] => {
  const keys: EncryptionKey[] = [];
  const refuse = (position: number, message: string) => {
    context.addIssue({ code: 'custom', message: `key ${position} ${message}` });
  };
  for (const [index, item] of text.split(',').entries()) {
    const [id = '', ...rest] = item.trim().split(':');
    const material = decodeBase64(rest.join(':'));
    if (!KEY_ID.test(id)) refuse(index + 1, 'needs an id of 1 to 32 letters, digits, - or _');
    else if (material?.length !== KEY_BYTES) {
      refuse(index + 1, `must be base64 of exactly ${KEY_BYTES} bytes after "id:"`);
    } else if (keys.some((key) => key.id === id)) refuse(index + 1, 'has the id of an earlier one');
    else if (keys.some((key) => key.material.reveal().equals(material))) {
      refuse(index + 1, 'is the same as an earlier one');
    } else keys.push({ id, material: new Secret(material) });
  }
  return keys;
});

/** Base64 of at least 32 bytes. */
export const subjectHashKey = z.string().transform((text, context) => {
  const material = decodeBase64(text);
  if (material && material.length >= KEY_BYTES) return new Secret(material);
  context.addIssue({
    code: 'custom',
    message: `must be base64 of at least ${KEY_BYTES} bytes`,
  });
  return z.NEVER;
});
