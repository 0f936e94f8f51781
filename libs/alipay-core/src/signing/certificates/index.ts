export type { Certificate } from './certificate.js';
export { requireValidAt, verifyChain, type ChainMaterial } from './certificate-chain.js';
export {
  certificateSerialNumber,
  rootCertificateSerialNumber,
  rootSerialNumberOf,
  serialNumberOf,
} from './certificate-serial-number.js';
export { readCertificates } from './read-certificates.js';
