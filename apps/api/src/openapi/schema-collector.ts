import { z } from 'zod';
import type { JsonSchema } from './openapi-types.js';

/** Formats that say what zod's own pattern beside them says again at length. */
const TELLING_FORMATS: readonly unknown[] = ['date-time', 'uuid'];

/**
 * Writes zod schemas as JSON Schema (2020-12), and keeps apart those that have an id
 * (`.meta({ id: 'Authorization' })`) for the document's components.
 *
 * A parameter that arrives as text and stands for something else says what with
 * `.meta({ openapi: { type: 'integer' } })`.
 */
export class SchemaCollector {
  readonly #components = new Map<string, JsonSchema>();

  /** @param io whether the value as it is sent (`input`) or as it is answered (`output`) is described */
  write(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const {
      $schema: _dialect,
      $defs,
      ...written
    } = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io,
      override: ({ jsonSchema }) => {
        tidy(jsonSchema);
      },
    });
    for (const [name, definition] of Object.entries($defs ?? {})) {
      this.#components.set(name, pointToComponents(definition) as JsonSchema);
    }
    return pointToComponents(written) as JsonSchema;
  }

  /** The schemas with an id that were written so far, by name. */
  components(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#components].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function tidy(schema: JsonSchema): void {
  const { openapi } = schema;
  if (typeof openapi === 'object' && openapi !== null) {
    const { description } = schema;
    for (const key of Object.keys(schema)) Reflect.deleteProperty(schema, key);
    Object.assign(schema, { description, ...openapi });
  } else if (TELLING_FORMATS.includes(schema['format'])) {
    delete schema['pattern'];
  }
}

function pointToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointToComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string'
        ? member.replace('#/$defs/', '#/components/schemas/')
        : pointToComponents(member),
    ]),
  );
}
