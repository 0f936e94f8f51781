/**
 * Signing and verifying: keys, certificates, the string to sign, and both signature engines.
 *
 * @module
 */
export {
  buildStringToSign,
  certificateSerialNumber,
  defaultSignatureEngine,
  jsrsasignSignatureEngine,
  nodeSignatureEngine,
  parseSignType,
  PrivateKey,
  PublicKey,
  readCertificates,
  readPrivateKey,
  readPublicKey,
  rootCertificateSerialNumber,
  sign,
  verify,
  verifyChain,
  type Certificate,
  type ChainMaterial,
  type KeyWarning,
  type PrivateKeyFormat,
  type PublicKeyFormat,
  type SignatureEngine,
  type SignOptions,
  type SignType,
} from './signing/index.js';
