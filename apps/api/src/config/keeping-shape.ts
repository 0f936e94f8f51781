import { wholeNumber } from './whole-number.js';

/** How the service looks after what it keeps. */
export const keepingShape = {
  AUDIT_SEAL_INTERVAL_MS: wholeNumber(100, 3_600_000)
    .prefault('2000')
    .describe('How often new events of the audit trail are sealed, in milliseconds.'),
  RETENTION_INTERVAL_MS: wholeNumber(1_000, 86_400_000)
    .prefault('3600000')
    .describe('How often what was kept long enough is looked for, in milliseconds.'),
  // An Idempotency-Key may try a failed application again for 30 days.
  RETENTION_PEOPLE_DAYS: wholeNumber(31, 3_650)
    .prefault('90')
    .describe('How long masks and hashes stay of who was rejected, failed or abandoned, in days.'),
  RETENTION_ATTEMPT_DAYS: wholeNumber(31, 3_650)
    .prefault('400')
    .describe('How long it is kept how each attempt ended, in days.'),
  RETENTION_QUARANTINE_DAYS: wholeNumber(1, 3_650)
    .prefault('90')
    .describe('How long an answer stays in quarantine once its application is resolved, in days.'),
  RETENTION_BATCH_DAYS: wholeNumber(1, 3_650)
    .prefault('30')
    .describe(
      'How long a batch stays after its end, with its lines and its Idempotency-Key, in days.',
    ),
  RETENTION_SPOOL_DAYS: wholeNumber(1, 3_650)
    .prefault('90')
    .describe('How long a spool file stays that was set aside and nobody waits for, in days.'),
};
