import type { Cause, Certainty } from './cause.js';

/** What makes the gateway refuse a signature. */
const TEXTS = {
  'timestamp-zone': {
    title: "The timestamp was formatted in another zone than the gateway's.",
    nextStep: 'Format timestamp in UTC+8, once, and send the very text that was signed.',
  },
  'timestamp-differs': {
    title: 'The timestamp sent is not the one signed.',
    nextStep: 'Format timestamp once, sign it, and send the same text.',
  },
  charset: {
    title: 'The text was written in one charset and read in another.',
    nextStep:
      'Encode string to sign, query and body in one charset, name it in charset, and put charset into the query.',
  },
  'lost-characters': {
    title: 'Characters were replaced because the charset could not hold or read them.',
    nextStep: 'Use utf-8 for everything, and name it in charset, in the query.',
  },
  'double-encoding': {
    title: 'The value was percent-encoded twice before it was sent.',
    nextStep: 'Percent-encode each value once; the HTTP library may already do it.',
  },
  'signed-encoded': {
    title: 'The value was signed percent-encoded.',
    nextStep: 'Sign the raw values; percent-encode only what is sent.',
  },
  'plus-as-space': {
    title: 'A + arrived as a space: it was sent without being percent-encoded.',
    nextStep: 'Percent-encode each value; a + is %2B.',
  },
  'space-encoding': {
    title: 'A space was signed as a space and arrived as + or %20, or the reverse.',
    nextStep: 'Sign the raw value with its spaces; percent-encode it once.',
  },
  'line-ends': {
    title: 'Line ends differ: CR LF on one side, LF on the other.',
    nextStep: 'Write the value with one kind of line end before it is signed.',
  },
  'white-space': {
    title: 'White space differs.',
    nextStep: 'Trim or write the value once, before it is signed.',
  },
  'html-escaped': {
    title: "HTML's escapes stand in the value on one side.",
    nextStep: 'Send and sign raw values; escape for HTML only what a page shows.',
  },
  'json-rewritten': {
    title: 'The JSON says the same, and is written otherwise.',
    nextStep: 'Write the JSON once, sign that text, and send that text.',
  },
  'letter-case': {
    title: 'Only the letter case differs.',
    nextStep: 'Sign the very text that is sent.',
  },
  'cut-value': {
    title: 'The value arrived cut off where a reserved character stands.',
    nextStep: 'Percent-encode each value: &, #, % and + end or change it otherwise.',
  },
  'empty-value': {
    title: 'A parameter with an empty value was signed; the gateway leaves it out.',
    nextStep:
      'Leave parameters with an empty value out of the string to sign, and do not send them.',
  },
  'missing-parameter': {
    title: 'A parameter was signed and did not arrive.',
    nextStep: 'Send every parameter that is signed, with its name as it was signed.',
  },
  'extra-parameter': {
    title: 'A parameter arrived that was not signed.',
    nextStep: 'Sign every parameter that is sent, except sign; sign_type is signed too.',
  },
  order: {
    title: 'The parameters were not signed in the order of their names.',
    nextStep: 'Sort the names by their ASCII codes.',
  },
  'value-differs': {
    title: 'The value sent is not the one signed.',
    nextStep: 'Build the parameters once, sign them, and send the same ones.',
  },
  'no-echo': {
    title: 'The text holds no string to sign.',
    nextStep: 'Give the whole sub_msg of isv.invalid-signature, as it came.',
  },
  'key-pair-mismatch': {
    title: 'The private key is not the one of the public key on the platform.',
    nextStep:
      'Upload the public key that belongs to this private key, for this application and environment; it takes a few minutes.',
  },
  'signed-with-other-key': {
    title: 'The signature was made with another private key.',
    nextStep: 'Sign with the key that belongs to the public key on the platform.',
  },
  'uploaded-key-differs': {
    title: 'The signature is right for this key: the platform holds another public key.',
    nextStep:
      "Look at the application's public key (应用公钥) on the open platform, for this app_id and environment.",
  },
  'sign-type': {
    title: 'The signature is of another sign type than sign_type names.',
    nextStep: 'Sign with SHA-256 for RSA2, with SHA-1 for RSA, and name the same in sign_type.',
  },
  'signature-charset': {
    title: 'The signature covers the text in the bytes of another charset.',
    nextStep: 'Turn the string to sign into bytes in the charset that the parameter charset names.',
  },
  'signature-over-other-content': {
    title: 'The signature covers another text than this one.',
    nextStep: 'Sign the string to sign as it is, without encoding or hashing it first.',
  },
  'signature-not-encoded': {
    title: 'The + of the signature may have arrived as spaces.',
    nextStep: 'Percent-encode sign like every other value; a + is %2B.',
  },
} as const;

/**
 * What may be wrong with a request whose signature was refused.
 *
 * @useDeclaredType
 */
export type SignatureCauseCode = keyof typeof TEXTS;

export function signatureCause(
  code: SignatureCauseCode,
  certainty: Certainty,
  evidence: string,
): Cause<SignatureCauseCode> {
  return { code, certainty, evidence, ...TEXTS[code] };
}
