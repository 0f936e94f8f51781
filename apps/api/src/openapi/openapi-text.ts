/** Injection token of a function that gives the OpenAPI document as text. */
export const OPENAPI_TEXT = Symbol('OpenApiText');

export type OpenApiText = () => string;
