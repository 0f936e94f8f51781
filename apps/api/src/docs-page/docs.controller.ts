import { Controller, Get, Header, Headers, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Access } from '../api-keys/access.js';
import { PROBLEM_CODES } from '../errors/problem-catalogue.js';
import { ProblemError } from '../errors/problem-error.js';
import { Documented, NotDocumented } from '../openapi/documented.js';
import { OPENAPI_TEXT, type OpenApiText } from '../openapi/openapi-text.js';
import { docsAsset } from './docs-assets.js';
import { problemIndexPage, problemPage } from './problem-page.js';
import { referencePage } from './reference-page.js';
import { DOCS_SECURITY_POLICY } from './security-policy.js';

const HTML = 'text/html; charset=utf-8';

/** The interface explained: its OpenAPI document, a reference to try it in, and a page for each problem. */
@Controller()
@Access('public')
export class DocsController {
  constructor(@Inject(OPENAPI_TEXT) private readonly openApi: OpenApiText) {}

  @Get('openapi.json')
  @Header('content-type', 'application/json; charset=utf-8')
  @Documented({
    operationId: 'getOpenApiDocument',
    summary: 'This document',
    answers: {
      200: { description: 'OpenAPI 3.1.', schema: z.looseObject({ openapi: z.string() }) },
    },
  })
  document(): string {
    return this.openApi();
  }

  @Get('docs')
  @NotDocumented()
  reference(@Res({ passthrough: true }) reply: FastifyReply): string {
    return page(reply, referencePage());
  }

  @Get('problems')
  @NotDocumented()
  problems(@Res({ passthrough: true }) reply: FastifyReply): string {
    return page(reply, problemIndexPage());
  }

  @Get('problems/:code')
  @NotDocumented()
  problem(@Param('code') code: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    const known = PROBLEM_CODES.find((candidate) => candidate === code);
    if (!known) throw new ProblemError('not-found', { detail: 'There is no such problem.' });
    return page(reply, problemPage(known));
  }

  /** Asked for again at each use, and not sent again while it is the same. */
  @Get('docs/assets/:file')
  @NotDocumented()
  asset(
    @Param('file') file: string,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): void {
    const asset = docsAsset(file);
    if (!asset) throw new ProblemError('not-found');
    const { etag, mediaType, bytes } = asset;
    void reply.headers({
      'cache-control': 'no-cache',
      etag,
      'x-content-type-options': 'nosniff',
    });
    if (known === etag) void reply.status(304).send();
    else void reply.type(mediaType).send(bytes);
  }
}

function page(reply: FastifyReply, html: string): string {
  void reply.headers({
    'content-type': HTML,
    'content-security-policy': DOCS_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  return html;
}
