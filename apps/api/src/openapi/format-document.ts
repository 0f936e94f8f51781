import type { OpenApiDocument } from './openapi-types.js';

/** The document as the text that is committed and served. */
export function formatDocument(document: OpenApiDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
