import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { actorOf, type Caller } from '../api-keys/caller.js';
import { CLOCK, type Clock } from '../clock/clock.js';
import { ProblemError } from '../errors/problem-error.js';
import { Lifecycle } from '../health/lifecycle.js';
import { toPage, type Page } from '../http/cursor.js';
import { AuditKeys } from './audit-keys.js';
import type { AuditReport, SealAnchor } from './audit-report.js';
import type { AuditRecord } from './audit-record.entity.js';
import type { AuditListQuery } from './audit-schemas.js';
import { AuditTrail } from './audit-trail.js';
import { Sealer } from './sealer.js';
import { TrailRepository } from './trail.repository.js';
import { verifyTrail } from './verify-trail.js';

/** Shows a client its own events, and compares the whole trail with its seals. */
@Injectable()
export class AuditService {
  constructor(
    @Inject(TrailRepository) private readonly trail: TrailRepository,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
    @Inject(AuditKeys) private readonly keys: AuditKeys,
    @Inject(Sealer) private readonly sealer: Sealer,
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list<Item>(
    { clientId, scopes }: Caller,
    query: AuditListQuery,
    toItem: (record: AuditRecord) => Item,
  ): Promise<Page<Item>> {
    const all = query.allClients !== undefined;
    if (all && !scopes.includes('admin')) {
      throw new ProblemError('insufficient-scope', {
        detail: 'With allClients the route asks for the scope admin too.',
      });
    }
    const records = await this.trail.list(all ? null : clientId, query, query.limit + 1);
    const rows = records.map((record) => ({ id: record.id, createdAt: record.at, record }));
    return toPage(rows, query.limit, ({ record }) => toItem(record));
  }

  /** Every client's events together, since one chain of seals holds them all; the report tells numbers and ids alone. */
  async verify(caller: Caller, anchor: SealAnchor | undefined): Promise<AuditReport> {
    const { abortSignal } = this.lifecycle;
    await this.sealer.seal(abortSignal);
    const end = await this.trail.end();
    const report = await verifyTrail(
      this.trail.seals(end, abortSignal),
      this.trail.events(end, abortSignal),
      this.keys,
      anchor,
    );
    const { verified, seals, events } = report;
    await this.auditTrail.record(this.dataSource.manager, {
      action: 'audit.verified',
      at: this.clock(),
      actor: actorOf(caller),
      clientId: caller.clientId,
      details: { verified, seals, events },
    });
    return report;
  }
}
