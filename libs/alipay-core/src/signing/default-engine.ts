import { jsrsasignSignatureEngine } from './jsrsasign-engine.js';
import { nodeCrypto } from './node-crypto.js';
import { nodeSignatureEngine } from './node-engine.js';
import type { SignatureEngine } from './signature-engine.js';

/**
 * The fastest engine that the runtime can carry: `node:crypto` where there is one, else jsrsasign.
 *
 * Never throws. Source: Node.js, `process.getBuiltinModule`.
 *
 * @example
 * defaultSignatureEngine().name; // 'node' where there is node:crypto, else 'jsrsasign'
 */
export function defaultSignatureEngine(): SignatureEngine {
  return nodeCrypto() === null ? jsrsasignSignatureEngine : nodeSignatureEngine;
}
