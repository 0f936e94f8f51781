interface ProblemKind {
  status: number;
  /** What is wrong in general; `detail` says what is wrong this time. */
  title: string;
  detail: string;
  /** What the caller, or whoever runs the service, does about it. */
  nextStep: string;
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
    nextStep:
      'Correct the members that "issues" names and send the request again. An Idempotency-Key is not used up.',
  },
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read',
    detail: 'The request line, a header or the JSON of the body is malformed.',
    nextStep:
      'Check that the body is one JSON object in UTF-8 and that the path is percent-encoded.',
  },
  'idempotency-key-required': {
    status: 400,
    title: 'The Idempotency-Key header is missing',
    detail:
      'Send an Idempotency-Key of your own with each application, and the same one to repeat it.',
    nextStep:
      'Make a key for each application, keep it with your own record of the application, and send it as Idempotency-Key.',
  },
  'idempotency-key-invalid': {
    status: 400,
    title: 'The Idempotency-Key header is not valid',
    detail: 'An Idempotency-Key has 1 to 255 visible ASCII characters, and is sent once.',
    nextStep: 'Send one header of 1 to 255 visible ASCII characters; a UUID will do.',
  },
  unauthenticated: {
    status: 401,
    title: 'The API key is missing or not valid',
    detail: 'Send "Authorization: Bearer zma_…" with a key that is neither expired nor revoked.',
    nextStep:
      'Check the key. Was it copied whole, has it expired, was it revoked? An operator issues another one.',
  },
  'insufficient-scope': {
    status: 403,
    title: 'The API key does not allow this',
    detail: 'Use an API key with the scope that the route asks for.',
    nextStep: 'Ask an operator for a key with the scope that "detail" names.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such resource',
    detail: 'It does not exist, or it belongs to another client.',
    nextStep:
      'Check the path and the id, and that the key belongs to the client that made the record.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The resource does not know this method',
    detail: 'The Allow header lists the methods of this resource.',
    nextStep: 'Use one of the methods in the Allow header.',
  },
  'not-acceptable': {
    status: 406,
    title: 'The resource has no form that the request accepts',
    detail: 'Accept one of the media types that the resource comes in, or send no Accept header.',
    nextStep: 'Look up the media types of the route, and ask for one of them.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    detail: 'Its body did not arrive in time.',
    nextStep:
      'Look at the connection and at whatever lies between, then send the same request again, with the same Idempotency-Key.',
  },
  'application-in-flight': {
    status: 409,
    title: 'The application is under way',
    detail: 'A request with this Idempotency-Key is being carried out; ask again for its result.',
    nextStep:
      'Wait as long as Retry-After says and send the same request with the same Idempotency-Key again.',
    retryAfterSeconds: 2,
  },
  'unresolved-application': {
    status: 409,
    title: 'An earlier application for this person is unresolved',
    detail: 'It is under way, or its outcome is unknown until someone resolves it.',
    nextStep:
      'Read the authorisation that "authorizationId" names. While it is pending, wait; while it is unknown, find out from Alipay what became of it and resolve it.',
  },
  'already-authorized': {
    status: 409,
    title: 'This person is already authorised',
    detail:
      'Each application sends the person an SMS; to apply again nevertheless, send "confirmReapplication": true.',
    nextStep:
      'Use the authorisation that "authorizationId" names. Only if the person is to grant it again, send "confirmReapplication": true with a new Idempotency-Key.',
  },
  'not-unknown': {
    status: 409,
    title: 'The outcome of this application is not unknown',
    detail: 'Only an authorisation whose status is "unknown" can be resolved; see where it stands.',
    nextStep:
      'Read the authorisation. While it is pending, wait; otherwise there is nothing to decide.',
  },
  'nothing-to-adopt': {
    status: 409,
    title: 'There is no token pair to adopt',
    detail:
      'Neither the spool nor the quarantine holds an answer with both tokens: resolve it as "rejected" or "abandoned".',
    nextStep:
      'Find out from Alipay whether the authorisation exists, and resolve it as "rejected" or "abandoned".',
  },
  'batch-receiving': {
    status: 409,
    title: 'The lines of the batch are still being received',
    detail: 'Nothing of it was begun yet.',
    nextStep:
      'Wait for the upload to end, or send the same lines with the same Idempotency-Key again if it broke off. To give it up, cancel it.',
  },
  'batch-ended': {
    status: 409,
    title: 'The batch has ended',
    detail: 'It is completed or cancelled, and does not change any more.',
    nextStep: 'Read its items for what became of each line. What is left goes into a new batch.',
  },
  'authorization-erased': {
    status: 410,
    title: 'The authorisation was erased',
    detail: "The person's data and tokens were destroyed; only the fact that it existed is kept.",
    nextStep: 'To apply for the person again, use a new Idempotency-Key.',
  },
  'refresh-in-flight': {
    status: 409,
    title: 'A refresh is under way',
    detail:
      'Another request is replacing the token pair; look at the authorisation for its result.',
    nextStep: 'Wait for the time that Retry-After names, then ask again.',
    retryAfterSeconds: 2,
  },
  'not-refreshable': {
    status: 409,
    title: 'The authorisation has no token pair to refresh',
    detail: 'Only an authorisation of status "authorized" can be refreshed.',
    nextStep: 'Read the authorisation; its status says what can be done about it.',
  },
  'reauthorization-required': {
    status: 409,
    title: 'The person has to be asked again',
    detail:
      'Nobody knows whether an earlier refresh replaced the token pair: apply for the person again, with "confirmReapplication": true.',
    nextStep:
      'Read "reauthorizationReason" of the authorisation. An answer that was lost is not found again: apply for the person anew.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    detail: 'A body has at most 64 KiB.',
    nextStep: 'Send less; no valid request of this route is that large.',
  },
  'uri-too-long': {
    status: 414,
    title: 'The path is too long',
    detail: 'No resource has a path this long.',
    nextStep: 'Check the id in the path.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The route does not take a body of this media type',
    detail: 'Send the body as application/json in UTF-8.',
    nextStep:
      'Set Content-Type to what the route takes, which is application/json but for batches, and send that.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for another payload',
    detail: 'Use a new Idempotency-Key for a new application.',
    nextStep:
      'Send the first payload to learn what became of it, or a new key for a new application.',
  },
  'application-rejected': {
    status: 422,
    title: 'Alipay rejected the application',
    detail: 'No authorisation was granted; "gateway" says why.',
    nextStep:
      'Do what "gateway.solution" says. To apply again with corrected data, use a new Idempotency-Key.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    detail: 'The caller has used up what it may ask for in this time.',
    nextStep: 'Wait for the time that Retry-After names, then send the same request again.',
    retryAfterSeconds: 1,
  },
  'internal-error': {
    status: 500,
    title: 'The service failed',
    detail: 'The fault was logged under the trace id.',
    nextStep:
      'Give the trace id to whoever runs the service. The same request may be sent again with the same Idempotency-Key.',
  },
  'unreadable-cell': {
    status: 500,
    title: 'What is stored cannot be decrypted',
    detail:
      'It was changed or moved in the database, or its key is not configured any more. Nothing of it is shown.',
    nextStep:
      'Give the trace id to whoever runs the service: the log names the place, and a backup or the former key may help.',
  },
  'gateway-refused': {
    status: 502,
    title: 'Alipay refused the service',
    detail:
      'Nothing was applied for. The configuration, keys or permissions of the service need an operator; then the same request may be sent again.',
    nextStep: 'Whoever runs the service does what "gateway.solution" says.',
  },
  'gateway-unreachable': {
    status: 503,
    title: 'Alipay could not be reached',
    detail: 'Nothing was sent; the same request may be sent again.',
    nextStep:
      'Wait as long as Retry-After says and send the same request with the same Idempotency-Key again.',
    retryAfterSeconds: 5,
  },
  'gateway-rate-limited': {
    status: 503,
    title: 'Alipay is limiting the service',
    detail: 'Nothing was applied for; the same request may be sent again.',
    nextStep:
      'Wait as long as Retry-After says, longer at each try, and send the same request with the same Idempotency-Key again.',
    retryAfterSeconds: 10,
  },
  'over-budget': {
    status: 503,
    title: "The service's budget of gateway calls is used up",
    detail: 'Nothing was applied for; the same request may be sent again.',
    nextStep:
      'Wait as long as Retry-After says, longer at each try, and send the same request with the same Idempotency-Key again. If it lasts, whoever runs the service raises the budget.',
    retryAfterSeconds: 2,
  },
  'database-unavailable': {
    status: 503,
    title: 'The database is not available',
    detail: 'The same request may be sent again, with the same Idempotency-Key.',
    nextStep:
      'Wait as long as Retry-After says and send the same request with the same Idempotency-Key again.',
    retryAfterSeconds: 5,
  },
  'service-stopping': {
    status: 503,
    title: 'This process of the service is stopping',
    detail: 'It cannot finish the request; another process takes it.',
    nextStep: 'Send the same request with the same Idempotency-Key again.',
    retryAfterSeconds: 1,
  },
  'unknown-outcome': {
    status: 504,
    title: 'The outcome is unknown',
    detail:
      'The authorisation may have been granted and the person may have got the SMS: do not apply again before the outcome is resolved.',
    nextStep:
      'Keep the Idempotency-Key and ask with it again later. Find out from Alipay or from the person whether the authorisation exists, and have it resolved.',
  },
});

export type ProblemCode = keyof typeof PROBLEM_KINDS;

export const PROBLEM_CODES = Object.keys(PROBLEM_KINDS) as readonly ProblemCode[];

/** Where a code is explained: what `type` of a problem says, relative to the api's own address. */
export function problemType(code: ProblemCode): string {
  return `/problems/${code}`;
}

export function problemKind(code: ProblemCode): Readonly<ProblemKind> {
  return PROBLEM_KINDS[code];
}
