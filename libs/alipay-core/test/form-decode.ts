import { decodeTextLossily, encodeText, formSplit, type Charset } from '../src/charset/index.js';

/** Reads a form in a charset; what is malformed in it becomes U+FFFD. */
export function formDecode(form: Uint8Array | string, charset: Charset): [string, string][] {
  const bytes = typeof form === 'string' ? encodeText(form, charset) : form;
  return formSplit(bytes).map(([name, value]) => [
    decodeTextLossily(name, charset),
    decodeTextLossily(value, charset),
  ]);
}
