interface ProblemKind {
  status: number;
  /** What is wrong in general; `detail` says what is wrong this time. */
  title: string;
  detail: string;
  /** When to try again, in seconds, where trying again can help. */
  retryAfterSeconds?: number;
}

function kinds<Code extends string>(catalogue: Record<Code, ProblemKind>) {
  return catalogue;
}

/** Every problem that the api answers, by its code; the only place that ties a code to a status. */
const PROBLEM_KINDS = kinds({
  'invalid-request': {
    status: 400,
    title: 'The request is not valid',
    detail: 'Correct the members listed in "issues"; nothing was done.',
  },
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read',
    detail: 'The request line, a header or the JSON of the body is malformed.',
  },
  'idempotency-key-required': {
    status: 400,
    title: 'The Idempotency-Key header is missing',
    detail:
      'Send an Idempotency-Key of your own with each application, and the same one to repeat it.',
  },
  'idempotency-key-invalid': {
    status: 400,
    title: 'The Idempotency-Key header is not valid',
    detail: 'An Idempotency-Key has 1 to 255 visible ASCII characters, and is sent once.',
  },
  unauthenticated: {
    status: 401,
    title: 'The API key is missing or not valid',
    detail: 'Send "Authorization: Bearer zma_…" with a key that is neither expired nor revoked.',
  },
  'insufficient-scope': {
    status: 403,
    title: 'The API key does not allow this',
    detail: 'Use an API key with the scope that the route asks for.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such resource',
    detail: 'It does not exist, or it belongs to another client.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The resource does not know this method',
    detail: 'The Allow header lists the methods of this resource.',
  },
  'application-in-flight': {
    status: 409,
    title: 'The application is under way',
    detail: 'A request with this Idempotency-Key is being carried out; ask again for its result.',
    retryAfterSeconds: 2,
  },
  'unresolved-application': {
    status: 409,
    title: 'An earlier application for this person is unresolved',
    detail: 'It is under way, or its outcome is unknown until someone resolves it.',
  },
  'already-authorized': {
    status: 409,
    title: 'This person is already authorised',
    detail:
      'Each application sends the person an SMS; to apply again nevertheless, send "confirmReapplication": true.',
  },
  'not-unknown': {
    status: 409,
    title: 'The outcome of this application is not unknown',
    detail: 'Only an authorisation whose status is "unknown" can be resolved; see where it stands.',
  },
  'nothing-to-adopt': {
    status: 409,
    title: 'There is no token pair to adopt',
    detail:
      'Neither the spool nor the quarantine holds an answer with both tokens: resolve it as "rejected" or "abandoned".',
  },
  'authorization-erased': {
    status: 410,
    title: 'The authorisation was erased',
    detail: "The person's data and tokens were destroyed; only the fact that it existed is kept.",
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    detail: 'A body has at most 64 KiB.',
  },
  'uri-too-long': {
    status: 414,
    title: 'The path is too long',
    detail: 'No resource has a path this long.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is not JSON',
    detail: 'Send the body as application/json in UTF-8.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for another payload',
    detail: 'Use a new Idempotency-Key for a new application.',
  },
  'application-rejected': {
    status: 422,
    title: 'Alipay rejected the application',
    detail: 'No authorisation was granted; "gateway" says why.',
  },
  'internal-error': {
    status: 500,
    title: 'The service failed',
    detail: 'The fault was logged under the trace id.',
  },
  'gateway-refused': {
    status: 502,
    title: 'Alipay refused the service',
    detail:
      'Nothing was applied for. The configuration, keys or permissions of the service need an operator; then the same request may be sent again.',
  },
  'gateway-unreachable': {
    status: 503,
    title: 'Alipay could not be reached',
    detail: 'Nothing was sent; the same request may be sent again.',
    retryAfterSeconds: 5,
  },
  'gateway-rate-limited': {
    status: 503,
    title: 'Alipay is limiting the service',
    detail: 'Nothing was applied for; the same request may be sent again.',
    retryAfterSeconds: 10,
  },
  'database-unavailable': {
    status: 503,
    title: 'The database is not available',
    detail: 'The same request may be sent again, with the same Idempotency-Key.',
    retryAfterSeconds: 5,
  },
  'unknown-outcome': {
    status: 504,
    title: 'The outcome of the application is unknown',
    detail:
      'The authorisation may have been granted and the person may have got the SMS: do not apply again before the outcome is resolved.',
  },
});

export type ProblemCode = keyof typeof PROBLEM_KINDS;

export function problemKind(code: ProblemCode): Readonly<ProblemKind> {
  return PROBLEM_KINDS[code];
}
