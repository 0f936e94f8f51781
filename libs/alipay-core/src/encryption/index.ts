export type { AesEngine } from './aes-engine.js';
export { decryptContent, type DecryptContentOptions } from './decrypt-content.js';
export { encryptContent, type EncryptContentOptions } from './encrypt-content.js';
export { EncryptKey } from './encrypt-key.js';
export { jsrsasignAesEngine } from './jsrsasign-aes-engine.js';
export { nodeAesEngine } from './node-aes-engine.js';
export { readEncryptKey } from './read-encrypt-key.js';
