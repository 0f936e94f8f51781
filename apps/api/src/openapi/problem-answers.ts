import { problemKind, problemType, type ProblemCode } from '../errors/problem-catalogue.js';
import { PROBLEM_MEDIA_TYPE } from '../errors/problem.js';
import { problemSchema, type Problem } from '../errors/problem-schema.js';
import { COMMON_HEADERS, headerReference, LIMIT_HEADERS, type HeaderName } from './headers.js';
import type { ExploredRoute } from './explore-routes.js';
import type { Example, Response } from './openapi-types.js';
import type { SchemaCollector } from './schema-collector.js';

const WRITING_METHODS = ['post', 'put', 'patch', 'delete'];

/** Every problem that a route may answer: its own, and those that follow from what it takes and who may use it. */
function problemsOf(route: ExploredRoute): ProblemCode[] {
  const { access, body, streams, query, idempotent, method, path } = route;
  const hasParameter = path.includes('{');
  const codes: (ProblemCode | false)[] = [
    (body ?? streams ?? query) !== undefined && 'invalid-request',
    (hasParameter || WRITING_METHODS.includes(method)) && 'malformed-request',
    idempotent === true && 'idempotency-key-required',
    idempotent === true && 'idempotency-key-invalid',
    access !== 'public' && 'unauthenticated',
    access !== 'public' && access !== 'any-key' && 'insufficient-scope',
    hasParameter && 'not-found',
    hasParameter && 'uri-too-long',
    Object.values(route.description?.answers ?? {}).some(({ alternatives }) => alternatives) &&
      'not-acceptable',
    WRITING_METHODS.includes(method) && 'request-timeout',
    WRITING_METHODS.includes(method) && 'payload-too-large',
    WRITING_METHODS.includes(method) && 'unsupported-media-type',
    idempotent === true && 'idempotency-key-reused',
    'internal-error',
    path.startsWith('/v1/authorizations') && 'unreadable-cell',
    access !== 'public' && 'rate-limited',
    access !== 'public' && 'database-unavailable',
    ...(route.description?.problems ?? []),
  ];
  return [...new Set(codes.filter((code) => code !== false))];
}

/** The answers of a route that are problems, by status. */
export function problemAnswers(
  route: ExploredRoute,
  schemas: SchemaCollector,
): Record<string, Response> {
  const all = problemsOf(route);
  const statuses = [...new Set(all.map((code) => problemKind(code).status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = all.filter((code) => problemKind(code).status === status);
      return [status, problemAnswer(codes, route, schemas)];
    }),
  );
}

/** The examples that the answers refer to, by their name among the components. */
export function problemExamples(codes: readonly ProblemCode[]): Record<string, Example> {
  return Object.fromEntries(
    codes.map((code) => [exampleName(code), { summary: code, value: exampleOf(code) }]),
  );
}

function problemAnswer(
  codes: readonly ProblemCode[],
  { access, idempotent }: ExploredRoute,
  schemas: SchemaCollector,
): Response {
  const headers: HeaderName[] = [...COMMON_HEADERS];
  if (codes.includes('unauthenticated')) headers.push('WWW-Authenticate');
  if (codes.some((code) => problemKind(code).retryAfterSeconds !== undefined)) {
    headers.push('Retry-After');
  }
  if (access !== 'public') headers.push(...LIMIT_HEADERS);
  if (idempotent) headers.push('Idempotent-Replayed');
  return {
    description: codes.map((code) => `\`${code}\`: ${problemKind(code).title}.`).join(' '),
    headers: Object.fromEntries(headers.map((name) => [name, headerReference(name)])),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: {
          allOf: [
            schemas.write(problemSchema, 'output'),
            {
              type: 'object',
              properties: { code: { enum: codes } },
            },
          ],
        },
        examples: Object.fromEntries(
          codes.map((code) => [code, { $ref: `#/components/examples/${exampleName(code)}` }]),
        ),
      },
    },
  };
}

const exampleName = (code: ProblemCode) => `problem.${code}`;

const AUTHORIZATION_ID = '0193579b-df00-7000-8000-000000000001';
const BATCH_ID = '0193579b-df00-7000-8000-000000000002';

const EXAMPLE_MEMBERS: Partial<Record<ProblemCode, Partial<Problem>>> = {
  'invalid-request': {
    issues: [{ field: 'certNo', code: 'CERT_NO_IS_NULL', message: 'is required' }],
  },
  'unresolved-application': { authorizationId: AUTHORIZATION_ID },
  'already-authorized': { authorizationId: AUTHORIZATION_ID },
  'unknown-outcome': { authorizationId: AUTHORIZATION_ID },
  'batch-receiving': { batchId: BATCH_ID },
  'batch-ended': { batchId: BATCH_ID },
  'application-rejected': {
    gateway: {
      code: '40004',
      subCode: 'NO_USER_ERROR',
      class: 'end-user',
      solution: 'Check the three values with the person.',
    },
    authorizationId: AUTHORIZATION_ID,
  },
};

function exampleOf(code: ProblemCode): Problem {
  const { title, status, detail } = problemKind(code);
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  return {
    type: problemType(code),
    title,
    status,
    detail,
    code,
    traceId,
    ...EXAMPLE_MEMBERS[code],
  };
}
