import type { Header, Reference } from './openapi-types.js';

export type HeaderName =
  | 'X-Request-Id'
  | 'X-Trace-Id'
  | 'Retry-After'
  | 'WWW-Authenticate'
  | 'Idempotent-Replayed'
  | 'RateLimit-Policy'
  | 'RateLimit';

/** The headers of answers, by name. */
export const HEADERS: Readonly<Record<HeaderName, Header>> = {
  'X-Request-Id': {
    description: 'This one request.',
    required: true,
    schema: { type: 'string', format: 'uuid' },
  },
  'X-Trace-Id': {
    description: 'The trace of the `traceparent` header (W3C Trace Context), or one of its own.',
    required: true,
    schema: { type: 'string', pattern: '^[0-9a-f]{32}$' },
  },
  'Retry-After': {
    description: 'Seconds to wait before trying again, where trying again can help.',
    schema: { type: 'integer', minimum: 0 },
  },
  'WWW-Authenticate': {
    description: '`Bearer`, with `error="invalid_token"` where a key was sent.',
    required: true,
    schema: { type: 'string', pattern: '^Bearer' },
  },
  'RateLimit-Policy': {
    description: 'A limit by its name: most requests (`q`) in so many seconds (`w`).',
    schema: { type: 'string', pattern: '^"[a-z]+";q=\\d+;w=\\d+$' },
  },
  RateLimit: {
    description: 'What is left of that limit (`r`), for so many seconds (`t`).',
    schema: { type: 'string', pattern: '^"[a-z]+";r=\\d+;t=\\d+$' },
  },
  'Idempotent-Replayed': {
    description:
      'Present where an earlier request did it: one with the same Idempotency-Key, or a refresh a moment ago.',
    schema: { const: 'true' },
  },
};

/** What every answer carries. */
export const COMMON_HEADERS = ['X-Request-Id', 'X-Trace-Id'] as const;

/** What the answers to a caller with a key carry. */
export const LIMIT_HEADERS = ['RateLimit-Policy', 'RateLimit'] as const;

export function headerReference(name: HeaderName): Reference {
  return { $ref: `#/components/headers/${name}` };
}
