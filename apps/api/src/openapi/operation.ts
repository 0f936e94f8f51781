import { z } from 'zod';
import type { AccessRule } from '../api-keys/access.js';
import type { ExploredRoute } from './explore-routes.js';
import type { AnswerDescription, StreamDescription } from './documented.js';
import { COMMON_HEADERS, headerReference, LIMIT_HEADERS } from './headers.js';
import type { MediaType, Operation, Parameter, RequestBody, Response } from './openapi-types.js';
import { problemAnswers } from './problem-answers.js';
import type { SchemaCollector } from './schema-collector.js';

export const SECURITY_SCHEME = 'apiKey';

const ID_PARAMETER = z.uuid().describe('Of what is asked for.');

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'One key, one payload: the same key again answers what became of it. Kept for 30 days, and apart for each client.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  example: 'crm-4711',
};

/**
 * Describes a route as an operation.
 *
 * Source: OpenAPI Specification 3.1.1, section 4.8.10 (Operation Object).
 *
 * @throws TypeError where the route is not `Documented` or has no `Access`
 */
export function describeOperation(route: ExploredRoute, schemas: SchemaCollector): Operation {
  const { description, access, body, streams, handler, path } = route;
  if (!description) throw new TypeError(`${handler} lacks @Documented.`);
  if (access === undefined) throw new TypeError(`${handler} lacks @Access.`);
  const parameters = parametersOf(route, schemas);
  const answers = Object.entries(description.answers).map(([status, answer]) => [
    status,
    describeAnswer(answer, route, schemas),
  ]);
  return {
    operationId: description.operationId,
    tags: [tagOf(path)],
    summary: description.summary,
    description: [description.description ?? [], describeAccess(access)].flat().join('\n\n'),
    security: securityOf(access),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body ? { requestBody: describeBody(route, body, schemas) } : {}),
    ...(streams ? { requestBody: describeStreams(streams) } : {}),
    responses: {
      ...(Object.fromEntries(answers) as Record<string, Response>),
      ...problemAnswers(route, schemas),
    },
  };
}

/** Said in words too: many readers of the document do not show what `security` says of a bearer key. */
function describeAccess(access: AccessRule): string {
  if (access === 'public') return 'Open to everyone.';
  return access === 'any-key' ? 'For any API key.' : `For an API key with the scope \`${access}\`.`;
}

function securityOf(access: AccessRule): Operation['security'] {
  if (access === 'public') return [];
  return [{ [SECURITY_SCHEME]: access === 'any-key' ? [] : [access] }];
}

/** `/v1/api-keys/{id}` -> `api-keys`. */
function tagOf(path: string): string {
  const [first = '', second = ''] = path.split('/').slice(1);
  return first === 'v1' ? second : 'service';
}

function parametersOf(
  { path, query, idempotent, description }: ExploredRoute,
  schemas: SchemaCollector,
): Parameter[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const schema = description?.pathParameters?.[name] ?? ID_PARAMETER;
    return describeParameter(name, 'path', true, schemas.write(schema, 'input'));
  });
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) =>
    describeParameter(name, 'query', !acceptsNothing(schema), schemas.write(schema, 'input')),
  );
  return [...inPath, ...(idempotent ? [IDEMPOTENCY_KEY] : []), ...inQuery];
}

function acceptsNothing(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success;
}

function describeParameter(
  name: string,
  place: 'path' | 'query',
  required: boolean,
  { description = '', ...schema }: Record<string, unknown>,
): Parameter {
  return { name, in: place, required, description: String(description), schema };
}

function describeBody(
  { description }: ExploredRoute,
  body: z.ZodType,
  schemas: SchemaCollector,
): RequestBody {
  const examples = description?.bodyExamples;
  const content: MediaType = {
    schema: schemas.write(body, 'input'),
    ...(examples ? { examples } : {}),
  };
  return { required: !acceptsNothing(body), content: { 'application/json': content } };
}

function describeStreams(streams: Readonly<Record<string, StreamDescription>>): RequestBody {
  const content = Object.entries(streams).map(([mediaType, { description, example }]) => [
    mediaType,
    { schema: { type: 'string', description }, example },
  ]);
  return { required: true, content: Object.fromEntries(content) as Record<string, MediaType> };
}

function describeAnswer(
  {
    description,
    schema,
    mediaType = 'application/json',
    example,
    alternatives = {},
    replayed,
  }: AnswerDescription,
  { access, idempotent = replayed === true }: ExploredRoute,
  schemas: SchemaCollector,
): Response {
  const names = [
    ...COMMON_HEADERS,
    ...(access === 'public' ? [] : LIMIT_HEADERS),
    ...(idempotent ? (['Idempotent-Replayed'] as const) : []),
  ];
  const headers = Object.fromEntries(names.map((name) => [name, headerReference(name)]));
  if (!schema) return { description, headers };
  const content: MediaType = {
    schema: schemas.write(schema, 'output'),
    ...(example === undefined ? {} : { example }),
  };
  const others = Object.entries(alternatives).map(([type, other]) => [
    type,
    { schema: schemas.write(other, 'output') },
  ]);
  return {
    description,
    headers,
    content: {
      [mediaType]: content,
      ...(Object.fromEntries(others) as Record<string, MediaType>),
    },
  };
}
