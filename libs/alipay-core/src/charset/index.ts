export { parseCharset, type Charset } from './charset.js';
export { decodeAnswer, type DecodedAnswer } from './decode-answer.js';
export { decodeText } from './decode-text.js';
export { encodeText } from './encode-text.js';
export { formDecode } from './form-decode.js';
export { formEncode } from './form-encode.js';
