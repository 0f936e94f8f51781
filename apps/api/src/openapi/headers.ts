import type { Header, Reference } from './openapi-types.js';

export type HeaderName =
  'X-Request-Id' | 'X-Trace-Id' | 'Retry-After' | 'WWW-Authenticate' | 'Idempotent-Replayed';

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
  'Idempotent-Replayed': {
    description:
      'Present where an earlier request did it: one with the same Idempotency-Key, or a refresh a moment ago.',
    schema: { const: 'true' },
  },
};

/** What every answer carries. */
export const COMMON_HEADERS = ['X-Request-Id', 'X-Trace-Id'] as const;

export function headerReference(name: HeaderName): Reference {
  return { $ref: `#/components/headers/${name}` };
}
