import { Global, Module } from '@nestjs/common';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { AuditKeys } from './audit-keys.js';
import { AuditTrail } from './audit-trail.js';

/** The audit trail, which every feature that changes something writes. */
@Global()
@Module({
  providers: [
    {
      provide: AuditKeys,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) =>
        new AuditKeys(environment.SUBJECT_HASH_KEY.reveal()),
    },
    AuditTrail,
  ],
  exports: [AuditTrail],
})
export class AuditModule {}
