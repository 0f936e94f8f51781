import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { ProblemError } from '../errors/problem-error.js';
import { addRouteParts, type StreamDescription } from '../openapi/documented.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The media types of a route whose body is a stream, which no size and no deadline limits. */
    streams?: readonly string[];
  }
}

/** A body that is read while it arrives. */
export interface StreamedBody {
  /** Without parameters, in lower case; one of those that the route takes. */
  mediaType: string;
  stream: Readable;
}

const bodyOf = createParamDecorator((_data: unknown, context: ExecutionContext): StreamedBody => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return { mediaType: mediaTypeOf(request), stream: request.raw };
});

/**
 * Gives a handler the body as a `StreamedBody`. Whoever reads it sets its limits.
 *
 * @param types what the route takes, by media type
 */
export function BodyStream(types: Readonly<Record<string, StreamDescription>>): ParameterDecorator {
  const value = bodyOf();
  return (target, key, index) => {
    value(target, key, index);
    addRouteParts(target, key, { streams: types });
    const handler = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key === undefined || !handler) throw new TypeError('Only a method handles a route.');
    RouteConfig({ streams: Object.keys(types) })(target, key, handler);
  };
}

/** Hands the bodies of routes with a `BodyStream` through, in UTF-8 and not compressed. Other routes take none of their types. */
export function passStreams(fastify: FastifyInstance, mediaTypes: readonly string[]): void {
  fastify.addContentTypeParser([...mediaTypes], (_request, payload, done) => {
    done(null, payload);
  });
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const { streams } = request.routeOptions.config;
    const mediaType = mediaTypeOf(request);
    if (streams === undefined) {
      done(
        mediaTypes.includes(mediaType) ? new ProblemError('unsupported-media-type') : null,
        payload,
      );
    } else if (streams.includes(mediaType) && isPlainUtf8(request)) {
      done(null, payload);
    } else {
      const detail = `Send the body as ${streams.join(', ')}, in UTF-8 and not compressed.`;
      done(new ProblemError('unsupported-media-type', { detail }), payload);
    }
  });
}

function mediaTypeOf({ headers }: FastifyRequest): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function isPlainUtf8({ headers }: FastifyRequest): boolean {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1];
  const encoding = headers['content-encoding'] ?? 'identity';
  return /^utf-?8$/i.test(charset ?? 'utf-8') && encoding.toLowerCase() === 'identity';
}
