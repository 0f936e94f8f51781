import 'reflect-metadata';
import type { z } from 'zod';
import type { ProblemCode } from '../errors/problem-catalogue.js';

/** An answer that is no problem. */
export interface AnswerDescription {
  description: string;
  /** Of the body; without one there is no body. */
  schema?: z.ZodType;
  /** Default `application/json`. */
  mediaType?: string;
  example?: unknown;
  /** The same in other media types, for callers that ask for them by `Accept`. */
  alternatives?: Readonly<Record<string, z.ZodType>>;
  /** Whether it may tell what an earlier request did, on a route that asks for no Idempotency-Key. */
  replayed?: boolean;
}

interface ExampleDescription {
  summary: string;
  value: unknown;
}

/** A body that is read while it arrives. */
export interface StreamDescription {
  description: string;
  example: string;
}

export interface RouteDescription {
  /** The operation's name in generated clients. */
  operationId: string;
  summary: string;
  /** More than the summary says, in Markdown. */
  description?: string;
  answers: Readonly<Record<number, AnswerDescription>>;
  /** The problems of this route alone; those that follow from its access, body and parameters are added. */
  problems?: readonly ProblemCode[];
  /** Bodies to try; the first is what a reader is offered. */
  bodyExamples?: Readonly<Record<string, ExampleDescription>>;
  /** Parameters of the path that are not the `id` of what is stored. */
  pathParameters?: Readonly<Record<string, z.ZodType>>;
}

/** What the decorators of one handler say about its route. */
export interface RouteParts {
  description?: RouteDescription;
  body?: z.ZodType;
  /** The media types of a body that is read while it arrives. */
  streams?: Readonly<Record<string, StreamDescription>>;
  query?: z.ZodObject<Record<string, z.ZodType>>;
  /** Whether the route asks for an Idempotency-Key. */
  idempotent?: boolean;
  /** Whether the document leaves the route out. */
  hidden?: boolean;
}

const ROUTE_PARTS = 'zhimaper:route-parts';

/**
 * Describes a route for the OpenAPI document. Body and query come from `ValidBody` and `ValidQuery`, who may use
 * the route from `Access`, the Idempotency-Key from `IdempotencyKey`.
 *
 * @example
 * \@Get(':id')
 * \@Access('authorizations:read')
 * \@Documented({ operationId: 'getAuthorization', summary: 'One authorisation', answers: { 200: { … } } })
 */
export function Documented(description: RouteDescription): MethodDecorator {
  return (target, key) => {
    addRouteParts(target, key, { description });
  };
}

/** Keeps a page for people out of the OpenAPI document, which is for programs. */
export function NotDocumented(): MethodDecorator {
  return (target, key) => {
    addRouteParts(target, key, { hidden: true });
  };
}

/** Adds to what is known of a handler's route; for decorators. */
export function addRouteParts(
  target: object,
  key: string | symbol | undefined,
  parts: RouteParts,
): void {
  if (key === undefined) throw new TypeError('Only a method handles a route.');
  Reflect.defineMetadata(ROUTE_PARTS, { ...routePartsOf(target, key), ...parts }, target, key);
}

/** @param target the controller's prototype */
export function routePartsOf(target: object, key: string | symbol): RouteParts {
  return (Reflect.getMetadata(ROUTE_PARTS, target, key) as RouteParts | undefined) ?? {};
}
