import { Global, Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/environment-schema.js';
import { Schedule } from '../schedule/schedule.js';
import { AuditController } from './audit.controller.js';
import { AuditKeys } from './audit-keys.js';
import { AuditService } from './audit.service.js';
import { AuditTrail } from './audit-trail.js';
import { Sealer } from './sealer.js';
import { SealsRepository } from './seals.repository.js';
import { TrailRepository } from './trail.repository.js';

/** The audit trail, which every feature that changes something writes. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [
    {
      provide: AuditKeys,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) =>
        new AuditKeys(environment.SUBJECT_HASH_KEY.reveal()),
    },
    AuditTrail,
    AuditService,
    Sealer,
    SealsRepository,
    TrailRepository,
  ],
  exports: [AuditTrail],
})
export class AuditModule implements OnApplicationBootstrap {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Schedule) private readonly schedule: Schedule,
    @Inject(Sealer) private readonly sealer: Sealer,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule.addShared({
      name: 'seal the audit trail',
      intervalMs: this.environment.AUDIT_SEAL_INTERVAL_MS,
      run: async (signal) => {
        await this.sealer.seal(signal);
      },
    });
  }
}
