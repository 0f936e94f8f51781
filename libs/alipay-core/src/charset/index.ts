export { answerCharset } from './answer-charset.js';
export { fromBinaryText, toBinaryText } from './binary-text.js';
export { parseCharset, type Charset } from './charset.js';
export { decodeText, decodeTextLossily } from './decode-text.js';
export { encodeText } from './encode-text.js';
export { formSplit } from './form-decode.js';
export { formEncode } from './form-encode.js';
