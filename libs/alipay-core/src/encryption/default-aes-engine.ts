import { nodeCrypto } from '../signing/index.js';
import type { AesEngine } from './aes-engine.js';
import { jsrsasignAesEngine } from './jsrsasign-aes-engine.js';
import { nodeAesEngine } from './node-aes-engine.js';

/** The faster engine where the runtime can carry it: `node:crypto`, else jsrsasign. */
export function defaultAesEngine(): AesEngine {
  return nodeCrypto() === null ? jsrsasignAesEngine : nodeAesEngine;
}
