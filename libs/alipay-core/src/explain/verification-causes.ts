import type { Cause, Certainty } from './cause.js';

interface Text {
  title: string;
  nextStep: string;
}

const RAW = 'Verify the raw body, before anything parses or rewrites it.';

/** What a failed verification may be due to, apart from what makes the form or answer unreadable in the first place. */
const TEXTS = {
  'own-public-key': {
    title: "The application's own public key stands in the place of Alipay's.",
    nextStep:
      "Copy Alipay's public key (支付宝公钥) from the open platform's console, not the application's (应用公钥).",
  },
  'signed-by-application': {
    title: "The application's own key made this signature, not Alipay's.",
    nextStep: 'Verify what Alipay sent; this is something that the application signed itself.',
  },
  'wrong-key': {
    title: 'The key did not make this signature.',
    nextStep:
      "Copy Alipay's public key of this very application and environment again; in certificate mode take the certificate that alipay_cert_sn names.",
  },
  'damaged-signature': {
    title: 'The signature is no signature: its length or its base64 is wrong.',
    nextStep: `Take the signature whole. ${RAW}`,
  },
  'signature-plus-as-space': {
    title: 'The + of the signature became spaces: it was decoded as a form once too often.',
    nextStep: 'Percent-decode the form exactly once.',
  },
  'signature-white-space': {
    title: 'White space stands inside the signature.',
    nextStep: 'Remove line breaks and blanks from the signature.',
  },
  'signature-still-encoded': {
    title: 'The signature is still percent-encoded.',
    nextStep: 'Percent-decode each value of the form exactly once.',
  },
  'signature-url-safe': {
    title: 'The signature is written in the URL-safe alphabet of base64.',
    nextStep: 'Keep the signature as it came, in the standard alphabet.',
  },
  'sign-type': {
    title: 'The signature is of the other sign type.',
    nextStep: 'Verify with the sign type that is set for the application on the open platform.',
  },
  version: {
    title: 'The notification is of the other version.',
    nextStep: "Verify with version 'auto', or with the version that this product sends.",
  },
  charset: {
    title: 'The text was turned into bytes in the wrong charset.',
    nextStep: `Decode with the charset that the form or the answer is really in. ${RAW}`,
  },
  'not-decoded': {
    title: 'The values are still percent-encoded.',
    nextStep: 'Percent-decode each value of the form exactly once before verifying.',
  },
  'decoded-twice': {
    title: 'The values were percent-decoded twice.',
    nextStep:
      'Decode once: the framework has already done it. Verify its raw body, if it keeps one.',
  },
  'signed-while-encoded': {
    title: 'The sender signed the values as they are percent-encoded.',
    nextStep:
      'This is no notification of Alipay as documented; have the sender sign decoded values.',
  },
  'plus-not-decoded': {
    title: 'A + stands where a space was signed.',
    nextStep: 'Decode the values as a form, in which + is a space, not as parts of a URL path.',
  },
  'plus-as-space': {
    title: 'A space stands where a + was signed.',
    nextStep: 'Decode once: a second decoding turned the + into spaces.',
  },
  'not-sorted': {
    title: 'The parameters were not signed in the order of their names.',
    nextStep: 'This is no signature of Alipay as documented; have the sender sort the names.',
  },
  'empty-values-signed': {
    title: 'Parameters with an empty value were signed too.',
    nextStep:
      'This is no signature of Alipay as documented; have the sender leave empty values out.',
  },
  'certificate-number-signed': {
    title: 'alipay_cert_sn was signed too.',
    nextStep: 'This is no signature of Alipay as documented; have the sender leave it out.',
  },
  'html-escaped': {
    title: 'The text was escaped for HTML after it was signed.',
    nextStep: RAW,
  },
  'html-unescaped': {
    title: 'The text was unescaped from HTML after it was signed.',
    nextStep: RAW,
  },
  'line-ends': { title: 'Line ends were changed after it was signed.', nextStep: RAW },
  'escaped-slashes': {
    title: 'Slashes were escaped or unescaped after it was signed.',
    nextStep: RAW,
  },
  'white-space': { title: 'Blanks around the text were added after it was signed.', nextStep: RAW },
  're-serialised': {
    title: 'The JSON was parsed and written again after it was signed.',
    nextStep: `Cut the signed member out of the bytes; never write it again. ${RAW}`,
  },
  'quotes-cut-off': {
    title: 'The encrypted text was signed without its quotation marks.',
    nextStep: 'This is no answer of Alipay as documented, which signs the quotation marks too.',
  },
  'lossy-text': {
    title: 'Characters were lost: the text holds replacement characters.',
    nextStep: `It was decoded in a charset that it is not in. ${RAW}`,
  },
  'content-changed': {
    title: 'The key is right, and the content is not what was signed.',
    nextStep: `Something altered it on the way: compare it with what a proxy or a log has. ${RAW}`,
  },
} as const satisfies Record<string, Text>;

export type VerificationCauseCode = keyof typeof TEXTS;

export function verificationCause(
  code: VerificationCauseCode,
  certainty: Certainty,
  evidence: string,
): Cause<VerificationCauseCode> {
  return { code, certainty, evidence, ...TEXTS[code] };
}
