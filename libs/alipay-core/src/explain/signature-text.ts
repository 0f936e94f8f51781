import { signTypeMadeBy, type PublicKey, type SignType } from '../signing/index.js';
import { percentDecode } from './text-escapes.js';

/** What may have happened to a signature on the way, and how to undo it. */
const REPAIRS = [
  { code: null, repair: (signature: string) => signature },
  {
    code: 'signature-plus-as-space',
    repair: (signature: string) => signature.replaceAll(' ', '+'),
  },
  { code: 'signature-white-space', repair: (signature: string) => signature.replace(/\s/g, '') },
  { code: 'signature-still-encoded', repair: percentDecode },
  {
    code: 'signature-url-safe',
    repair: (signature: string) => {
      const standard = signature.replaceAll('-', '+').replaceAll('_', '/');
      return standard.padEnd(4 * Math.ceil(standard.length / 4), '=');
    },
  },
] as const;

type SignatureDamage = Exclude<(typeof REPAIRS)[number]['code'], null>;

/** A signature as its maker wrote it, and what the key tells of it. */
export interface SignatureOrigin {
  signature: string;
  signType: SignType;
  damage: SignatureDamage | null;
}

/** Looks whether a key made a signature, as it is or with a usual damage undone; null where it did not. */
export function originOf(signature: string, key: PublicKey): SignatureOrigin | null {
  for (const { code, repair } of REPAIRS) {
    const repaired = repair(signature);
    const signType = signTypeMadeBy(repaired, key);
    if (signType !== null) return { signature: repaired, signType, damage: code };
  }
  return null;
}
