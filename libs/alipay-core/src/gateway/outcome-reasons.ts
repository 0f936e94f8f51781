import type { FailureReason } from './answer.js';

/** What happened, and what to do next. */
export interface ReasonText {
  description: string;
  solution: string;
}

const FIND_OUT =
  'Do not repeat the call by itself. Find out first whether it took effect, then let a person decide.';
const REPEAT = 'No byte of the request left, so repeat the call after a pause.';

/** The texts of every failure that the gateway itself does not name; its own are in the catalogue. */
export const REASON_TEXTS: Readonly<Record<Exclude<FailureReason, 'gateway-error'>, ReasonText>> = {
  'dns-failure': {
    description: "The gateway's host name could not be resolved; nothing was sent.",
    solution: `Check the gateway address and this machine's name resolution. ${REPEAT}`,
  },
  'connection-refused': {
    description: 'The gateway refused the connection; nothing was sent.',
    solution: `Check the gateway address, its port and any firewall or proxy between. ${REPEAT}`,
  },
  'connect-timeout': {
    description: 'No connection to the gateway came about in time; nothing was sent.',
    solution: `Check the network, and the firewall or proxy between. ${REPEAT}`,
  },
  'tls-failure': {
    description: "The gateway's TLS certificate or handshake was not acceptable; nothing was sent.",
    solution: `Check the gateway address, this machine's clock and its trusted certificates, and whether a proxy breaks TLS open. ${REPEAT}`,
  },
  'connect-failed': {
    description: 'The connection to the gateway failed before anything was sent.',
    solution: `Check the network route and the proxy settings. ${REPEAT}`,
  },
  'circuit-open': {
    description: 'The gateway failed several times in a row, so the call was held back.',
    solution: `Find out why the gateway fails. ${REPEAT}`,
  },
  'too-many-calls': {
    description: 'Too many calls to the gateway were under way, so this one was held back.',
    solution: `If this lasts, call less often or raise the limit of calls at once. ${REPEAT}`,
  },
  'over-budget': {
    description: 'The calls that may be made in this time were used up, so this one was held back.',
    solution: `If this lasts, call less often or raise the limit of calls in a second. ${REPEAT}`,
  },
  'aborted-before-sending': {
    description: 'The call was given up before anything was sent.',
    solution: 'Call again when it is wanted; nothing happened.',
  },
  timeout: {
    description: 'The request left, but no whole answer came in time.',
    solution: FIND_OUT,
  },
  'connection-reset': {
    description: 'The connection broke after the request left and before the whole answer came.',
    solution: FIND_OUT,
  },
  aborted: {
    description: 'The call was given up after the request left.',
    solution: FIND_OUT,
  },
  'response-too-large': {
    description: 'The answer is larger than the limit.',
    solution: `${FIND_OUT} If answers of this size are to be expected, raise the limit.`,
  },
  'http-status': {
    description:
      'An HTTP status other than 2xx came back: a proxy or an outage answered, not the gateway.',
    solution: `${FIND_OUT} Check the gateway address and any proxy between.`,
  },
  'malformed-response': {
    description: 'What came back is not an answer of the gateway that can be read.',
    solution: `${FIND_OUT} Check the gateway address and any proxy between.`,
  },
  'repeated-member': {
    description:
      'The answer repeats a member, so that what is signed and what is read could differ.',
    solution: `${FIND_OUT} Suspect tampering between here and the gateway.`,
  },
  'trailing-data': {
    description: 'Something follows the answer.',
    solution: `${FIND_OUT} Suspect a proxy that changes answers.`,
  },
  'missing-response-member': {
    description: 'The answer holds no response member for the method called.',
    solution: `${FIND_OUT} Check the gateway address and the method.`,
  },
  'unsigned-answer': {
    description: 'The answer carries no signature, so it is not believed.',
    solution: `${FIND_OUT} Check that the application's keys are set up in the Open Platform console.`,
  },
  'invalid-signature': {
    description: "The answer's signature is not Alipay's for these bytes, so it is not believed.",
    solution: `${FIND_OUT} Check that the configured key is Alipay's public key, not the application's own, and of the same environment as the gateway address.`,
  },
  'untrusted-certificate': {
    description:
      'The answer is signed with a certificate that is not trusted, so it is not believed.',
    solution: `${FIND_OUT} Download Alipay's certificate and root certificate from the Open Platform console and configure both; where they are the current ones already, suspect tampering between here and the gateway.`,
  },
  'decryption-failed': {
    description:
      "The answer is Alipay's, but encrypted, and no content encryption key (AES) configured here opens it.",
    solution: `${FIND_OUT} Configure the content encryption key that the Open Platform console shows for this application. The answer's bytes may hold what was granted: keep them, encrypted, until the right key opens them.`,
  },
  'incomplete-success': {
    description: 'The gateway reports success, but members that make it one are missing.',
    solution: `${FIND_OUT} The answer's bytes may hold part of it: keep them, encrypted.`,
  },
  'unlisted-code': {
    description: 'The gateway answered with a code that the catalogue does not list.',
    solution: `${FIND_OUT} Look the code up in the interface's own error table.`,
  },
};
