import type { Type } from '@nestjs/common';
import { SCOPES } from '../api-keys/scopes.js';
import { PROBLEM_CODES } from '../errors/problem-catalogue.js';
import { exploreRoutes } from './explore-routes.js';
import { HEADERS } from './headers.js';
import type { OpenApiDocument, Operation } from './openapi-types.js';
import { describeOperation, SECURITY_SCHEME } from './operation.js';
import { problemExamples } from './problem-answers.js';
import { SchemaCollector } from './schema-collector.js';

const DESCRIPTION = `Obtains Zhima authorisations from Alipay and keeps their tokens.

Every answer but a success is a problem (RFC 9457) whose \`type\` is the address of the page that explains it. New
members may be added to answers and to problems; nothing else changes within \`/v1\`.`;

const TAGS = [
  { name: 'authorizations', description: 'Applying for authorisations, and what became of them.' },
  { name: 'batches', description: 'Many applications at once, and what became of each.' },
  { name: 'subjects', description: "People's right to be forgotten." },
  { name: 'errors', description: "What the gateway's result codes mean." },
  { name: 'api-keys', description: 'Managing API keys, for operators.' },
  {
    name: 'audit-events',
    description: 'Who did what, and whether that is as it was written down.',
  },
  { name: 'service', description: 'For whoever starts, watches and replaces instances.' },
];

/**
 * Describes the REST interface, from its controllers and the zod schemas that they validate and answer with.
 *
 * @param version of the service
 * @throws TypeError where a route is not described, or two have one name
 * @example createDocument(API_CONTROLLERS, '0.1.0').paths['/v1/errors']
 */
export function createDocument(controllers: readonly Type[], version: string): OpenApiDocument {
  const schemas = new SchemaCollector();
  const paths: Record<string, Record<string, Operation>> = {};
  const names = new Set<string>();
  for (const route of exploreRoutes(controllers)) {
    if (route.hidden) continue;
    const operation = describeOperation(route, schemas);
    if (names.has(operation.operationId)) {
      throw new TypeError(`Two operations are called ${operation.operationId}.`);
    }
    names.add(operation.operationId);
    paths[route.path] = { ...paths[route.path], [route.method]: operation };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'zhimaper',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: TAGS,
    paths,
    components: {
      securitySchemes: {
        [SECURITY_SCHEME]: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'zma_…',
          description: `An API key. Each operation names the scope that it asks for: ${SCOPES.join(', ')}.`,
        },
      },
      schemas: schemas.components(),
      headers: { ...HEADERS },
      examples: problemExamples(PROBLEM_CODES),
    },
  };
}
