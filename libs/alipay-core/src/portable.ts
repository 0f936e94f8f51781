/**
 * What runs with nothing but the language, for runtimes without `node:crypto`: no Node built-in, no `Buffer`, no
 * `TextEncoder`. Texts are signed in UTF-8; of any other charset, hand over the bytes.
 *
 * @module
 */
export * from './errors.js';
export {
  certificateSerialNumber,
  readCertificates,
  rootCertificateSerialNumber,
  verifyChain,
  type Certificate,
  type ChainMaterial,
} from './signing/certificates/index.js';
export { jsrsasignSignatureEngine } from './signing/jsrsasign-engine.js';
export {
  PrivateKey,
  PublicKey,
  type KeyWarning,
  type PrivateKeyFormat,
  type PublicKeyFormat,
} from './signing/keys.js';
export type { PortableSignOptions } from './signing/portable-options.js';
export { sign } from './signing/portable-sign.js';
export { verify } from './signing/portable-verify.js';
export { readPrivateKey } from './signing/read-private-key.js';
export { readPublicKey } from './signing/read-public-key.js';
export { parseSignType } from './signing/sign-type.js';
export type { SignatureEngine, SignType } from './signing/signature-engine.js';
export { buildStringToSign } from './signing/string-to-sign.js';
