import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.js';
import type { EncryptedCell } from '../crypto/cell.js';
import { inTransaction } from '../database/in-transaction.js';
import type { AuthorizationStatus } from './authorization-status.js';
import { AuthorizationTokens } from './authorization-tokens.entity.js';
import { Authorization } from './authorization.entity.js';
import type { ResolutionOutcome } from './resolution-schema.js';
import type { TokenPairCells } from './token-cells.js';

/** An answer in quarantine. */
export interface QuarantinedAnswer {
  attemptId: string;
  contentCell: EncryptedCell;
}

/** What a person decided, and what follows from it. */
export interface Decision {
  outcome: ResolutionOutcome;
  status: AuthorizationStatus;
  noteCell: EncryptedCell;
  /** The pair to be stored, with the attempt whose answer held it. */
  adopted: { attemptId: string; cells: TokenPairCells; tokenType: 'permanent' | null } | null;
  source: 'spool' | 'quarantine' | null;
  apiKeyId: string;
  at: Date;
}

/** Writes what people decided about applications whose outcome nobody knew. */
@Injectable()
export class ResolutionsRepository {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(AuditTrail) private readonly auditTrail: AuditTrail,
  ) {}

  /** The attempts of an authorisation whose outcome was never written down. */
  async openAttempts(authorizationId: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      "SELECT id FROM attempts WHERE authorization_id = $1 AND state <> 'finished'",
      [authorizationId],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Lets someone decide about an authorisation that nobody else can change meanwhile.
   *
   * @param decide gets the authorisation as it stands, null where the client has none of this id, and the answers
   * that are in quarantine for it, the newest first; what it throws changes nothing
   */
  resolve(
    clientId: string,
    id: string,
    decide: (found: Authorization | null, answers: readonly QuarantinedAnswer[]) => Decision,
  ): Promise<Authorization> {
    return inTransaction(this.dataSource, async (manager) => {
      const found = await manager.findOne(Authorization, {
        where: { id, clientId },
        lock: { mode: 'pessimistic_write' },
      });
      const answers = await manager.query<QuarantinedAnswer[]>(FIND_ANSWERS, [found?.id ?? null]);
      const decision = decide(found, answers);
      await this.write(manager, id, clientId, decision);
      return manager.findOneByOrFail(Authorization, { id, clientId });
    });
  }

  private async write(
    manager: EntityManager,
    id: string,
    clientId: string,
    { outcome, status, noteCell, adopted, source, apiKeyId, at }: Decision,
  ): Promise<void> {
    const granted = { outcomeClass: 'success', failureReason: null } as const;
    await manager.update(Authorization, id, {
      status,
      resolution: outcome,
      resolutionNoteCell: noteCell,
      resolvedAt: at,
      updatedAt: at,
      ...(adopted ? { ...granted, tokenType: adopted.tokenType } : {}),
    });
    if (adopted) {
      await manager.insert(AuthorizationTokens, {
        authorizationId: id,
        accessTokenCell: adopted.cells.accessToken,
        refreshTokenCell: adopted.cells.refreshToken,
        obtainedAt: at,
      });
      await manager.query('DELETE FROM quarantined_answers WHERE attempt_id = $1', [
        adopted.attemptId,
      ]);
    }
    await this.auditTrail.record(manager, {
      action: 'authorization.resolved',
      at,
      actor: { kind: 'api-key', apiKeyId },
      clientId,
      authorizationId: id,
      details: { status, source },
    });
  }
}

const FIND_ANSWERS = `
  SELECT attempt_id AS "attemptId", content_cell AS "contentCell" FROM quarantined_answers
  WHERE authorization_id = $1 AND kind = 'answer' ORDER BY kept_at DESC`;
