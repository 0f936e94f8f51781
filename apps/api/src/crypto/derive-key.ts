import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/**
 * Derives the 32-byte key of one purpose from a configured key (RFC 5869, HKDF with SHA-256, no salt, the
 * purpose as info): what leaks or breaks for one purpose says nothing about another.
 *
 * @example deriveKey(configured, 'subject-hash');
 */
export function deriveKey(material: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', material, '', `zhimaper/${purpose}/v1`, KEY_BYTES));
}
