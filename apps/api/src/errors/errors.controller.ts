import { Controller, Get, Param } from '@nestjs/common';
import { findError, listErrors } from '@zhimaper/alipay-core';
import { Access } from '../api-keys/access.js';
import type { Page } from '../http/cursor.js';
import { ProblemError } from './problem-error.js';

type CatalogueEntry = ReturnType<typeof listErrors>[number];

/** What the gateway's result codes mean. */
@Controller('v1/errors')
@Access('any-key')
export class ErrorsController {
  /** All of them fit on one page. */
  @Get()
  list(): Page<CatalogueEntry> {
    return { items: [...listErrors()], nextCursor: null };
  }

  /** By code or sub-code; a sub-code's prefix (`isv.`, `aop.`) and letter case do not matter. */
  @Get(':code')
  find(@Param('code') code: string): CatalogueEntry {
    const entry = findError(code);
    if (!entry) throw new ProblemError('not-found', { detail: 'The catalogue has no such code.' });
    return entry;
  }
}
