import type { FailureReason } from '@zhimaper/alipay-core';
import { OUTCOME_CLASSES } from '@zhimaper/alipay-core';
import { z } from 'zod';
import type { AuditActor } from '../audit/audit-event.js';
import type { EncryptedCell } from '../crypto/cell.js';
import { AUTHORIZATION_STATUSES } from './authorization-status.js';
import type { Settlement } from './settlement.js';

/** The end of one attempt, ready to be stored: what must not be read is encrypted for its place already. */
export interface FinishedAttempt {
  /** A refresh leaves the authorisation as it is, whatever its settlement says of status and token type. */
  kind: 'apply' | 'refresh';
  attemptId: string;
  authorizationId: string;
  clientId: string;
  actor: AuditActor;
  settlement: Settlement;
  httpStatus: number | null;
  /** The tokens, if it brought any. */
  cells: { accessToken: EncryptedCell; refreshToken: EncryptedCell } | null;
  /** The gateway's bytes where a success may be in them that is not believed. */
  answerCell: EncryptedCell | null;
  at: Date;
}

const VERSION = 1;

/** Only what this service encrypted can be read back, so that a cell in it is one. */
const cell = z.base64().transform((text) => Buffer.from(text, 'base64') as EncryptedCell);
const text = z.string().nullable();

const schema = z.object({
  version: z.literal(VERSION),
  // The release before knew applications alone.
  kind: z.enum(['apply', 'refresh']).default('apply'),
  attemptId: z.uuid(),
  authorizationId: z.uuid(),
  clientId: z.uuid(),
  actor: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('api-key'), apiKeyId: z.uuid() }),
    z.object({ kind: z.literal('bootstrap') }),
    z.object({ kind: z.literal('service') }),
  ]),
  settlement: z.object({
    status: z.enum(AUTHORIZATION_STATUSES),
    tokenType: text,
    outcomeClass: z.enum(OUTCOME_CLASSES),
    failureReason: z.custom<FailureReason | null>((value) => text.safeParse(value).success),
    gatewayCode: text,
    gatewaySubCode: text,
    gatewayTraceId: text,
  }),
  httpStatus: z.number().nullable(),
  cells: z.object({ accessToken: cell, refreshToken: cell }).nullable(),
  answerCell: cell.nullable(),
  at: z.iso.datetime().transform((iso) => new Date(iso)),
});

/** Writes the end of an attempt for the spool. */
export function encodeFinishedAttempt({ cells, answerCell, ...rest }: FinishedAttempt): string {
  return JSON.stringify({
    version: VERSION,
    ...rest,
    cells: cells && {
      accessToken: cells.accessToken.toString('base64'),
      refreshToken: cells.refreshToken.toString('base64'),
    },
    answerCell: answerCell && answerCell.toString('base64'),
  });
}

/** Reads it back. Throws where another release wrote it in a form that is not known here. */
export function decodeFinishedAttempt(content: string): FinishedAttempt {
  return schema.parse(JSON.parse(content));
}
