import { Controller, Get, Param } from '@nestjs/common';
import { findError, listErrors, type CatalogueEntry } from '@zhimaper/alipay-core';
import { z } from 'zod';
import { Access } from '../api-keys/access.js';
import type { Page } from '../http/cursor.js';
import { Documented } from '../openapi/documented.js';
import { catalogueEntrySchema, cataloguePageSchema } from './catalogue-entry-schema.js';
import { ProblemError } from './problem-error.js';

const CODE_PARAMETER = z
  .string()
  .describe('A code or sub-code; its prefix and letter case do not matter.')
  .meta({ examples: ['NO_USER_ERROR'] });

/** What the gateway's result codes mean. */
@Controller('v1/errors')
@Access('any-key')
export class ErrorsController {
  /** All of them fit on one page. */
  @Get()
  @Documented({
    operationId: 'listErrors',
    summary: "All of the gateway's result codes",
    answers: { 200: { description: 'All of them, on one page.', schema: cataloguePageSchema } },
  })
  list(): Page<CatalogueEntry> {
    return { items: [...listErrors()], nextCursor: null };
  }

  /** By code or sub-code; a sub-code's prefix (`isv.`, `aop.`) and letter case do not matter. */
  @Get(':code')
  @Documented({
    operationId: 'explainError',
    summary: 'What a result code of the gateway means, and what to do',
    pathParameters: { code: CODE_PARAMETER },
    answers: { 200: { description: 'The catalogue has it.', schema: catalogueEntrySchema } },
  })
  find(@Param('code') code: string): CatalogueEntry {
    const entry = findError(code);
    if (!entry) throw new ProblemError('not-found', { detail: 'The catalogue has no such code.' });
    return entry;
  }
}
