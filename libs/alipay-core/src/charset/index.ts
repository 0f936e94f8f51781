export { parseCharset, type Charset } from './charset.js';
export { decodeAnswer } from './decode-answer.js';
export { decodeTextLossily } from './decode-text.js';
export { encodeText } from './encode-text.js';
export { formEncode } from './form-encode.js';
