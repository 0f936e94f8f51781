import { encodeText, type Charset } from '../charset/index.js';
import { signTypeMadeBy, verify, type PublicKey, type SignType } from '../signing/index.js';
import type { Cause } from './cause.js';
import { signatureCause, type SignatureCauseCode } from './signature-causes.js';

export interface KeyFacts {
  /** The text that both sides agree on. */
  stringToSign: string;
  charset: Charset;
  signType: SignType;
  /** The public half of the private key that signs. */
  signingKey: PublicKey | null;
  /** The public key on the platform. */
  uploadedKey: PublicKey | null;
  signature: string | null;
}

const CHARSETS: readonly Charset[] = ['utf-8', 'gbk', 'gb18030'];

/** Says why a signature over the right text is refused: the keys, the sign type, the bytes. */
export function keyCauses(facts: KeyFacts): Cause<SignatureCauseCode>[] {
  const { signingKey, uploadedKey, signature } = facts;
  if (signingKey && uploadedKey && !signingKey.equals(uploadedKey)) {
    const evidence = 'The public key is not the one of the private key.';
    return [signatureCause('key-pair-mismatch', 'certain', evidence)];
  }
  const key = signingKey ?? uploadedKey;
  if (key === null || signature === null) return suspicions(facts);
  const made = signTypeMadeBy(signature, key);
  if (made === null) {
    const evidence = 'The key finds no digest in the signature.';
    return [signatureCause('signed-with-other-key', 'certain', evidence)];
  }
  if (made !== facts.signType) {
    const evidence = `The key finds a digest of ${made} in it.`;
    return [signatureCause('sign-type', 'certain', evidence)];
  }
  return [ofContent(facts, signature, key)];
}

function ofContent(facts: KeyFacts, signature: string, key: PublicKey): Cause<SignatureCauseCode> {
  const { charset, signType, stringToSign } = facts;
  const covers = (candidate: Charset) => {
    const bytes = encodeOrNull(stringToSign, candidate);
    return bytes !== null && verify(bytes, signature, key, { signType });
  };
  if (covers(charset)) {
    const evidence = 'The signature is valid over this text with this key.';
    return signatureCause('uploaded-key-differs', 'likely', evidence);
  }
  const other = CHARSETS.find(covers);
  return other === undefined
    ? signatureCause('signature-over-other-content', 'certain', 'It is not valid over this text.')
    : signatureCause('signature-charset', 'certain', `It is valid over the bytes of ${other}.`);
}

function suspicions({ signature, stringToSign }: KeyFacts): Cause<SignatureCauseCode>[] {
  const equal = 'The gateway verified exactly the text that was signed.';
  return [
    signatureCause('key-pair-mismatch', 'likely', equal),
    ...(signature?.includes('+')
      ? [signatureCause('signature-not-encoded', 'possible', 'The signature holds a +.')]
      : []),
    ...(/^\p{ASCII}*$/u.test(stringToSign)
      ? []
      : [signatureCause('signature-charset', 'possible', 'The text goes beyond ASCII.')]),
    signatureCause('sign-type', 'possible', equal),
  ];
}

function encodeOrNull(text: string, charset: Charset): Uint8Array | null {
  try {
    return encodeText(text, charset);
  } catch {
    return null;
  }
}
