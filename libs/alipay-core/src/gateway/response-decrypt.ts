import { answerCharset, type Charset } from '../charset/index.js';
import type { JsonObject } from './answer.js';
import { isJsonObject, JsonFault, JsonReader } from './response-json.js';

/** Opens the base64 text of an encrypted answer; throws where it cannot. */
export type AnswerDecrypter = (base64: string) => Uint8Array;

/** Opens an encrypted response member and reads the object inside, or answers null where that fails. */
export function decryptValue(
  base64: string,
  decrypt: AnswerDecrypter,
  { charset, maxDepth }: { charset: Charset; maxDepth: number },
): JsonObject | null {
  let bytes: Uint8Array;
  try {
    bytes = decrypt(base64);
  } catch {
    return null;
  }
  const reader = new JsonReader(bytes, answerCharset(bytes, charset), maxDepth);
  try {
    const value = reader.readValue();
    return isJsonObject(value) && reader.nextOffset() === null ? value : null;
  } catch (fault) {
    if (fault instanceof JsonFault) return null;
    throw fault;
  }
}
