export { fromBinaryText, toBinaryText } from './binary-text.js';
export { parseCharset, type Charset } from './charset.js';
export { decodeAnswer } from './decode-answer.js';
export { decodeText, decodeTextLossily } from './decode-text.js';
export { encodeText } from './encode-text.js';
export { formSplit } from './form-decode.js';
export { formEncode } from './form-encode.js';
