import type { RouteDescription } from '../openapi/documented.js';
import { revealedTokenSchema } from './authorization-reader.js';
import {
  authorizationPageSchema,
  authorizationViewSchema,
  type AuthorizationView,
} from './authorization-view.js';

/** The interface document's own example person. */
const EXAMPLE_PERSON = {
  certType: 'IDENTITY_CARD',
  certNo: '330701199901011311',
  name: '张三',
  mobile: '13588111111',
};

const CONSENT = { reference: 'c-1', textVersion: '2026-01', grantedAt: '2026-11-24T08:00:00Z' };

const EXAMPLE_AUTHORIZATION: AuthorizationView = {
  id: '0193579b-df00-7000-8000-000000000001',
  status: 'authorized',
  reference: 'crm-4711',
  tokenType: 'permanent',
  subject: {
    certType: 'IDENTITY_CARD',
    certNo: '330***********1311',
    name: '*三',
    mobile: '135****1111',
  },
  linkedMerchantId: '2088721630869411',
  consent: CONSENT,
  gateway: { code: '10000', traceId: '0b46c3c917000000000000001e1b1d' },
  warnings: [{ field: 'certNo', code: 'CERT_NO_CHECK_DIGIT' }],
  createdAt: '2026-11-24T08:00:01.000Z',
  updatedAt: '2026-11-24T08:00:02.000Z',
};

export const APPLY: RouteDescription = {
  operationId: 'applyForAuthorization',
  summary: "Applies for a person's authorisation",
  description:
    'Calls Alipay at most once for each Idempotency-Key, and the person gets an SMS. White space and the order of members make no other payload. A 504 says that nobody knows whether the application took effect.',
  answers: {
    200: {
      description: 'Replayed: somebody resolved what had been unknown; this is its state now.',
      schema: authorizationViewSchema,
    },
    201: {
      description: 'Granted; the tokens are stored.',
      schema: authorizationViewSchema,
      example: EXAMPLE_AUTHORIZATION,
    },
  },
  problems: [
    'application-in-flight',
    'unresolved-application',
    'already-authorized',
    'authorization-erased',
    'application-rejected',
    'gateway-refused',
    'gateway-unreachable',
    'gateway-rate-limited',
    'over-budget',
    'unknown-outcome',
  ],
  bodyExamples: {
    again: {
      summary: 'The example person, whether authorised already or not',
      value: {
        ...EXAMPLE_PERSON,
        linkedMerchantId: '2088721630869411',
        reference: 'crm-4711',
        consent: CONSENT,
        confirmReapplication: true,
      },
    },
    least: {
      summary: 'No more than what is required',
      value: { ...EXAMPLE_PERSON, consent: CONSENT },
    },
  },
};

export const LIST: RouteDescription = {
  operationId: 'listAuthorizations',
  summary: "The client's authorisations, newest first",
  answers: {
    200: {
      description: 'A page.',
      schema: authorizationPageSchema,
      example: { items: [EXAMPLE_AUTHORIZATION], nextCursor: null },
    },
  },
};

export const FIND: RouteDescription = {
  operationId: 'getAuthorization',
  summary: 'One authorisation',
  answers: {
    200: {
      description: 'The authorisation, the person masked.',
      schema: authorizationViewSchema,
      example: EXAMPLE_AUTHORIZATION,
    },
  },
  problems: ['authorization-erased'],
};

export const RESOLVE: RouteDescription = {
  operationId: 'resolveAuthorization',
  summary: 'Decides about an application whose outcome nobody knows',
  description:
    'Frees the person for a new application, or adopts the tokens of an unverified answer.',
  answers: {
    200: { description: 'Decided.', schema: authorizationViewSchema },
  },
  problems: ['not-unknown', 'nothing-to-adopt', 'authorization-erased'],
  bodyExamples: {
    rejected: {
      summary: 'Alipay did not grant it',
      value: { outcome: 'rejected', note: 'Alipay has no record of it; ticket 4711.' },
    },
  },
};

export const REFRESH: RouteDescription = {
  operationId: 'refreshAuthorization',
  summary: 'Replaces the token pair of an authorisation',
  description:
    'Calls Alipay once, and kills the old pair. Needs no Idempotency-Key: shortly after a refresh another one answers the same and calls nobody. A 504 says that nobody knows whether the pair was replaced.',
  answers: {
    200: {
      description: 'The pair was replaced, now or a moment ago.',
      replayed: true,
      schema: authorizationViewSchema,
      example: EXAMPLE_AUTHORIZATION,
    },
  },
  problems: [
    'not-refreshable',
    'refresh-in-flight',
    'reauthorization-required',
    'authorization-erased',
    'gateway-refused',
    'gateway-unreachable',
    'gateway-rate-limited',
    'over-budget',
    'unknown-outcome',
  ],
};

export const REVEAL: RouteDescription = {
  operationId: 'revealToken',
  summary: 'The access token of an authorisation',
  description: 'The only answer that holds a token. The refresh token never leaves the service.',
  answers: {
    200: {
      description: 'The token, in the clear.',
      schema: revealedTokenSchema,
      example: {
        accessToken: '20120823ac6ffaa4d2d84e7384bf983531473993',
        tokenType: 'permanent',
        obtainedAt: '2026-11-24T08:00:02.000Z',
      },
    },
  },
  problems: ['authorization-erased'],
};
