import { Validator } from '@seriousme/openapi-schema-validator';
import { Controller, Get, Post } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { API_CONTROLLERS } from '../api-controllers.js';
import { Access } from '../api-keys/access.js';
import { ValidBody, ValidQuery } from '../http/valid-input.js';
import { Documented, NotDocumented } from './documented.js';
import { createDocument } from './document.js';
import type { MediaType } from './openapi-types.js';

const thing = z.object({ id: z.uuid() }).meta({ id: 'Thing' });
const newThing = z.strictObject({ at: z.iso.datetime().transform((text) => new Date(text)) });
const filter = z.strictObject({
  limit: z
    .string()
    .transform(Number)
    .prefault('50')
    .describe('Most items.')
    .meta({ openapi: { type: 'integer', default: 50 } }),
});

@Controller('v1/things')
class ThingsController {
  @Post()
  @Access('admin')
  @Documented({
    operationId: 'makeThing',
    summary: 'Makes one',
    answers: { 201: { description: 'Made.', schema: thing } },
    problems: ['already-authorized'],
  })
  make(@ValidBody(newThing) body: unknown) {
    return body;
  }

  @Get(':id')
  @Access('public')
  @Documented({
    operationId: 'getThing',
    summary: 'One',
    answers: { 200: { description: 'It.', schema: thing } },
  })
  find(@ValidQuery(filter) query: unknown) {
    return query;
  }

  @Get('page')
  @Access('public')
  @NotDocumented()
  page() {
    return '';
  }
}

describe('createDocument', () => {
  const { paths, components } = createDocument([ThingsController], '1.0.0');
  const make = paths['/v1/things']?.['post'];
  const find = paths['/v1/things/{id}']?.['get'];

  it('describes the body as it is sent and the answer as it is answered', () => {
    expect(make?.requestBody?.content['application/json']?.schema).toEqual({
      type: 'object',
      properties: { at: { type: 'string', format: 'date-time' } },
      required: ['at'],
      additionalProperties: false,
    });
    expect(make?.responses['201']?.content?.['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/Thing',
    });
    expect(components.schemas['Thing']).toEqual({
      type: 'object',
      properties: { id: { type: 'string', format: 'uuid' } },
      required: ['id'],
      additionalProperties: false,
    });
  });

  it('names the parameters of path and query', () => {
    expect(find?.parameters).toEqual([
      {
        name: 'id',
        in: 'path',
        required: true,
        description: 'Of what is asked for.',
        schema: { type: 'string', format: 'uuid' },
      },
      {
        name: 'limit',
        in: 'query',
        required: false,
        description: 'Most items.',
        schema: { type: 'integer', default: 50 },
      },
    ]);
  });

  it('says who may use a route', () => {
    expect(make?.security).toEqual([{ apiKey: ['admin'] }]);
    expect(find?.security).toEqual([]);
  });

  it('adds the problems that follow from body, parameters and access', () => {
    const codes = (status: string, operation = make) =>
      Object.keys(
        operation?.responses[status]?.content?.['application/problem+json']?.examples ?? {},
      );
    expect(Object.keys(make?.responses ?? {})).toEqual([
      '201',
      '400',
      '401',
      '403',
      '408',
      '409',
      '413',
      '415',
      '429',
      '500',
      '503',
    ]);
    expect(codes('400')).toEqual(['invalid-request', 'malformed-request']);
    expect(codes('409')).toEqual(['already-authorized']);
    expect(Object.keys(find?.responses ?? {})).toEqual(['200', '400', '404', '414', '500']);
    expect(Object.keys(make?.responses['401']?.headers ?? {})).toContain('WWW-Authenticate');
    expect(Object.keys(make?.responses['503']?.headers ?? {})).toContain('Retry-After');
  });

  it('leaves pages for people out', () => {
    expect(Object.keys(paths)).toEqual(['/v1/things', '/v1/things/{id}']);
  });

  it('refuses a route that nobody described', () => {
    @Controller('v1/bare')
    class BareController {
      @Get()
      @Access('public')
      bare() {
        return '';
      }
    }
    expect(() => createDocument([BareController], '1.0.0')).toThrow(
      'BareController.bare lacks @Documented.',
    );
  });
});

describe("the service's document", () => {
  const document = createDocument(API_CONTROLLERS, '1.0.0');

  it('is valid by the schema of OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone({ ...document }));
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('has examples that are valid by their own schema', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'openapi', ...document }, 'openapi', false, false);
    const absolute = (schema: object): unknown =>
      JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/'));
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const contents = operations.flatMap(({ requestBody, responses }) =>
      [requestBody, ...Object.values(responses)].flatMap((part) =>
        Object.values(part?.content ?? {}),
      ),
    );
    const examplesOf = ({ example, examples = {} }: MediaType) => [
      ...(example === undefined ? [] : [example]),
      ...Object.values(examples).map((one) =>
        '$ref' in one
          ? document.components.examples[one.$ref.split('/').at(-1) ?? '']?.value
          : one.value,
      ),
    ];
    let checked = 0;
    for (const content of contents) {
      const validate = ajv.compile(absolute(content.schema) as object);
      for (const example of examplesOf(content)) {
        const faults = validate(example) ? [] : validate.errors;
        expect([example, faults]).toEqual([example, []]);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(50);
  });
});
