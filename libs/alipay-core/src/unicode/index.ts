export { decodeUtf8 } from './decode-utf8.js';
export { encodeUtf8 } from './encode-utf8.js';
export { hasLoneSurrogate, unencodable } from './unencodable.js';
