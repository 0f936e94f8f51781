import { fromBinaryText } from '../charset/index.js';
import type { PublicKey, SignatureEngine, SignType } from '../signing/index.js';
import type { Cause } from './cause.js';
import { search, type Stage } from './search.js';
import { originOf } from './signature-text.js';
import { verificationCause, type VerificationCauseCode } from './verification-causes.js';

/** Who may have signed, and how far to look. */
export interface ContentSettings {
  alipayPublicKey: PublicKey;
  applicationKey: PublicKey | null;
  maxCandidates: number;
  engine: SignatureEngine;
}

/** What carries a signature, and the ways to read it. */
export interface SignedContent<T> {
  signature: string;
  /** As it is declared; null where that is no sign type. */
  signType: SignType | null;
  base: T;
  stages: readonly Stage<T, VerificationCauseCode>[];
  write: (candidate: T) => string;
}

export interface ContentExplanation {
  causes: Cause<VerificationCauseCode>[];
  tried: number;
}

/** Bytes of the signatures of usual keys: of 1024, 2048, 3072 and 4096 bits. */
const USUAL_LENGTHS = [128, 256, 384, 512];
const BASE64 = /^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i;
const REPLACEMENT_IN_UTF_8 = 'ï¿½';

/** Says why a signature does not fit: first who made it, and if that was Alipay, over which reading. */
export function explainContent<T>(
  { signature, signType, base, stages, write }: SignedContent<T>,
  { alipayPublicKey, applicationKey, maxCandidates, engine }: ContentSettings,
): ContentExplanation {
  const causes: Cause<VerificationCauseCode>[] = [];
  if (applicationKey?.equals(alipayPublicKey)) {
    const evidence = "The key given as Alipay's is the one given as the application's.";
    causes.push(verificationCause('own-public-key', 'certain', evidence));
  }
  const origin = originOf(signature, alipayPublicKey);
  if (origin === null) {
    return {
      causes: [...causes, foreignSignature(signature, alipayPublicKey, applicationKey)],
      tried: 0,
    };
  }
  if (origin.damage !== null) {
    causes.push(
      verificationCause(origin.damage, 'certain', 'The key knows it once that is undone.'),
    );
  }
  if (origin.signType !== signType) {
    const evidence = `The key finds a digest of ${origin.signType} in it.`;
    causes.push(verificationCause('sign-type', 'certain', evidence));
  }
  const { codes, tried } = search(base, stages, {
    limit: maxCandidates,
    write,
    accept: (written) =>
      engine.verify(fromBinaryText(written), origin.signature, alipayPublicKey, origin.signType),
  });
  if (codes !== null) {
    const evidence = 'The signature fits once that is undone.';
    causes.push(...codes.map((code) => verificationCause(code, 'certain', evidence)));
    return { causes, tried };
  }
  const found = `The key made the signature, over none of ${tried} readings of this content.`;
  causes.push(verificationCause('content-changed', 'certain', found));
  if (/\ufffd/.test(write(base)) || write(base).includes(REPLACEMENT_IN_UTF_8)) {
    const evidence = 'U+FFFD stands where a character could not be read.';
    causes.push(verificationCause('lossy-text', 'likely', evidence));
  }
  return { causes, tried };
}

function foreignSignature(
  signature: string,
  alipayPublicKey: PublicKey,
  applicationKey: PublicKey | null,
): Cause<VerificationCauseCode> {
  if (applicationKey !== null && originOf(signature, applicationKey) !== null) {
    return verificationCause('signed-by-application', 'certain', "The application's key knows it.");
  }
  const length = BASE64.test(signature) ? (signature.length / 4) * 3 - padding(signature) : null;
  const own = Math.ceil(alipayPublicKey.modulusBits / 8);
  if (length === null || (length !== own && !USUAL_LENGTHS.includes(length))) {
    const evidence = length === null ? 'It is not base64.' : `It has ${length} bytes, not ${own}.`;
    return verificationCause('damaged-signature', 'certain', evidence);
  }
  const fingerprint = alipayPublicKey.fingerprint.slice(0, 16);
  const evidence = `The key with the fingerprint ${fingerprint}… finds no digest in it.`;
  return verificationCause('wrong-key', 'likely', evidence);
}

function padding(base64: string): number {
  return base64.length - base64.replace(/=+$/, '').length;
}
