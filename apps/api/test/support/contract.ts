import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { API_CONTROLLERS } from '../../src/api-controllers.js';
import { VERSION } from '../../src/config/version.js';
import { createDocument } from '../../src/openapi/document.js';
import { exploreRoutes } from '../../src/openapi/explore-routes.js';
import type { Header, Operation, Response } from '../../src/openapi/openapi-types.js';

const document = createDocument(API_CONTROLLERS, VERSION);
const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormatsModule.default(ajv);
ajv.addSchema({ $id: 'openapi', ...document }, 'openapi', false, false);

/** Pages for people, which the document leaves out. */
const PAGES = exploreRoutes(API_CONTROLLERS)
  .filter(({ hidden }) => hidden)
  .map(({ path }) => pathPattern(path));

/** What a path that no route has, or a method that its route does not know, is answered with. */
const OUTSIDE: Readonly<Record<number, string>> = {
  400: 'malformed-request',
  404: 'not-found',
  405: 'method-not-allowed',
  414: 'uri-too-long',
};

export interface Exchange {
  method: string;
  /** With its query, if any. */
  path: string;
  status: number;
  headers: Headers;
  text: string;
}

/**
 * Throws unless the OpenAPI document foresees an answer: its status, its headers, its media type and its body,
 * member for member.
 */
export function checkDocumented(exchange: Exchange): void {
  const { method, path, status, headers, text } = exchange;
  const where = `${method} ${path} -> ${status}`;
  const pathname = path.split('?', 1)[0] ?? '';
  if (status === 200 && PAGES.some((pattern) => pattern.test(pathname))) return;
  const found = findOperation(method, pathname);
  if (!found) {
    const problem = JSON.parse(text) as { code?: string };
    if (OUTSIDE[status] !== (problem.code ?? null))
      throw new Error(`${where}: there is no such operation.`);
    checkBody(where, '#/components/schemas/Problem', problem);
    return;
  }
  const response = found.operation.responses[status];
  if (!response) throw new Error(`${where}: the document has no such status.`);
  checkHeaders(where, response, headers);
  const mediaType = headers.get('content-type')?.split(';', 1)[0];
  if (!response.content) {
    if (text !== '') throw new Error(`${where}: the document knows no body.`);
    return;
  }
  if (mediaType === undefined || !response.content[mediaType]) {
    throw new Error(`${where}: the document has no ${mediaType ?? 'answer without a media type'}.`);
  }
  const pointer = ['paths', found.template, found.method, 'responses', status, 'content', mediaType]
    .map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const body: unknown = /[/+]json$/.test(mediaType) ? JSON.parse(text) : text;
  checkBody(where, `#/${pointer}/schema`, body);
}

function pathPattern(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
}

function findOperation(
  method: string,
  path: string,
): { template: string; method: string; operation: Operation } | null {
  for (const [template, operations] of Object.entries(document.paths)) {
    const operation = operations[method.toLowerCase()];
    if (operation && pathPattern(template).test(path)) {
      return { template, method: method.toLowerCase(), operation };
    }
  }
  return null;
}

const validators = new Map<string, ValidateFunction>();

function checkBody(where: string, pointer: string, body: unknown): void {
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `openapi${pointer}` });
  validators.set(pointer, validate);
  if (!validate(body)) throw new Error(`${where}: ${ajv.errorsText(validate.errors)}`);
}

function checkHeaders(where: string, response: Response, headers: Headers): void {
  for (const [name, reference] of Object.entries(response.headers)) {
    const header: Header = '$ref' in reference ? document.components.headers[name]! : reference;
    const value = headers.get(name);
    if (value === null) {
      if (header.required) throw new Error(`${where}: lacks the header ${name}.`);
      continue;
    }
    const typed = header.schema['type'] === 'integer' ? Number(value) : value;
    if (!ajv.validate(header.schema, typed)) {
      throw new Error(`${where}: ${name} ${ajv.errorsText()}`);
    }
  }
  for (const name of Object.keys(document.components.headers)) {
    if (headers.has(name) && !response.headers[name]) {
      throw new Error(`${where}: the document does not know ${name} here.`);
    }
  }
}
