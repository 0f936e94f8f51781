import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Access } from '../api-keys/access.js';
import { ClientCaller, type Caller } from '../api-keys/caller.js';
import type { Page } from '../http/cursor.js';
import { ValidBody, ValidQuery } from '../http/valid-input.js';
import { Documented } from '../openapi/documented.js';
import type { AuditReport } from './audit-report.js';
import * as routes from './audit-routes.js';
import {
  auditListSchema,
  auditVerificationSchema,
  type AuditListQuery,
  type AuditVerification,
} from './audit-schemas.js';
import { viewAuditEvent, type AuditEventView } from './audit-view.js';
import { AuditService } from './audit.service.js';

/** Who did what, and whether that is still as it was written down. */
@Controller('v1/audit-events')
@Access('audit:read')
export class AuditController {
  constructor(@Inject(AuditService) private readonly audit: AuditService) {}

  @Get()
  @Documented(routes.LIST)
  list(
    @ClientCaller() caller: Caller,
    @ValidQuery(auditListSchema) query: AuditListQuery,
  ): Promise<Page<AuditEventView>> {
    return this.audit.list(caller, query, viewAuditEvent);
  }

  @Post('verification')
  @Documented(routes.VERIFY)
  @HttpCode(200)
  verify(
    @ClientCaller() caller: Caller,
    @ValidBody(auditVerificationSchema) body: AuditVerification,
  ): Promise<AuditReport> {
    return this.audit.verify(caller, body?.anchor);
  }
}
