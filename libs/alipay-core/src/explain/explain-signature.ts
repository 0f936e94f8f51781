import { parseCharset } from '../charset/index.js';
import {
  buildStringToSign,
  parseSignType,
  PrivateKey,
  PublicKey,
  readPrivateKey,
  readPublicKey,
} from '../signing/index.js';
import { byCertainty, type Cause } from './cause.js';
import { differenceOf, type SignatureDifference } from './difference.js';
import { findEcho } from './echo.js';
import { keyCauses } from './key-causes.js';
import { signatureCause, type SignatureCauseCode } from './signature-causes.js';
import { textCauses } from './text-causes.js';

export interface ExplainSignatureOptions {
  /** What was signed: the string to sign, or the parameters that it was made of. */
  signed: string | Readonly<Record<string, string | undefined>>;
  /** The `sub_msg` of `isv.invalid-signature` as it came, or the string to sign that it holds. */
  echo: string;
  /** The request's charset. Default `utf-8`. */
  charset?: string;
  /** The request's sign type. Default `RSA2`. */
  signType?: string;
  /** The key that signed: shows whether it is the other half of `publicKey`. */
  privateKey?: string | PrivateKey;
  /** The application's public key as it stands on the platform. */
  publicKey?: string | PublicKey;
  /** The signature that was sent, in base64: shows what it was made with and over which bytes. */
  signature?: string;
  /** Shows personal data and credentials in the excerpts. Default false. */
  reveal?: boolean;
}

export interface SignatureExplanation {
  /** Whether the gateway verified exactly the text that was signed. */
  equal: boolean;
  /** Where the texts part first; null where they are equal, or where the echo holds none. */
  difference: SignatureDifference | null;
  /** Never empty; the most certain first. */
  causes: readonly Cause<SignatureCauseCode>[];
}

/**
 * Says why the gateway refused a request's signature, by comparing what was signed with what the gateway made of the
 * request: it tells that in the text of `isv.invalid-signature`, escaped for HTML, with help around it.
 *
 * Where both are equal the keys, the sign type or the bytes are wrong; keys and signature tell which. The excerpts hide
 * personal data and credentials under a `*` a character, so every position stays exact. Throws `TypeError` for what is no
 * text and `AlipayError` for a wrong key, charset or sign type.
 *
 * Source: the gateway's published signing rules and its common error codes (`isv.invalid-signature`).
 *
 * @param options what was signed, the gateway's echo, and what else is known
 *
 * @example
 * const { difference, causes } = explainSignature({ signed: parameters, echo: subMsg, privateKey });
 * if (difference) console.error(`${difference.expected.text}\n${' '.repeat(difference.expected.column)}^`);
 * for (const { title, nextStep } of causes) console.error(title, nextStep);
 */
export function explainSignature(options: ExplainSignatureOptions): SignatureExplanation {
  const { echo, signature, reveal = false } = options;
  const signed = stringToSignOf(options.signed);
  if (typeof echo !== 'string') throw new TypeError('echo must be a text.');
  const charset = parseCharset(options.charset ?? 'utf-8');
  const signType = parseSignType(options.signType ?? 'RSA2');
  const signingKey = privateKeyOf(options.privateKey)?.publicKey ?? null;
  const uploadedKey = publicKeyOf(options.publicKey);

  const received = findEcho(echo, signed);
  if (received === null) return withoutEcho(echo);
  const facts = { charset, signType, signingKey, uploadedKey, signature: signature ?? null };
  const difference = differenceOf(signed, received, { charset, reveal });
  const causes =
    difference === null
      ? keyCauses({ ...facts, stringToSign: signed })
      : textCauses(signed, received);
  return { equal: difference === null, difference, causes: byCertainty(causes) };
}

function withoutEcho(text: string): SignatureExplanation {
  // The gateway checks the other sign type on its own, and then tells this instead of the string to sign.
  const isSignType = text.includes('签名类型');
  const evidence = isSignType ? 'The gateway says so.' : 'No parameter was found in it.';
  const cause = signatureCause(isSignType ? 'sign-type' : 'no-echo', 'certain', evidence);
  return { equal: false, difference: null, causes: [cause] };
}

function stringToSignOf(signed: unknown): string {
  if (typeof signed === 'string') return signed;
  if (typeof signed !== 'object' || signed === null) {
    throw new TypeError('signed must be a string to sign, or parameters.');
  }
  return buildStringToSign(signed as Readonly<Record<string, string | undefined>>);
}

function privateKeyOf(key: string | PrivateKey | undefined): PrivateKey | null {
  if (key === undefined) return null;
  return key instanceof PrivateKey ? key : readPrivateKey(key);
}

function publicKeyOf(key: string | PublicKey | undefined): PublicKey | null {
  if (key === undefined) return null;
  return key instanceof PublicKey ? key : readPublicKey(key);
}
