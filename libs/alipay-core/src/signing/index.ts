export {
  certificateSerialNumber,
  readCertificates,
  requireValidAt,
  rootCertificateSerialNumber,
  rootSerialNumberOf,
  serialNumberOf,
  verifyChain,
  type Certificate,
  type ChainMaterial,
} from './certificates/index.js';
export { defaultSignatureEngine } from './default-engine.js';
export { jsrsasignSignatureEngine } from './jsrsasign-engine.js';
export {
  PrivateKey,
  PublicKey,
  type KeyWarning,
  type PrivateKeyFormat,
  type PublicKeyFormat,
} from './keys.js';
export { nodeCrypto } from './node-crypto.js';
export { nodeSignatureEngine } from './node-engine.js';
export { readPrivateKey } from './read-private-key.js';
export { readPublicKey } from './read-public-key.js';
export { sign, type SignOptions } from './sign.js';
export { parseSignType } from './sign-type.js';
export type { SignatureEngine, SignType } from './signature-engine.js';
export { buildStringToSign } from './string-to-sign.js';
export { signTypeMadeBy } from './signature-origin.js';
export { verify } from './verify.js';
