import { wholeNumber } from './whole-number.js';

/** How the service looks after what it keeps. */
export const keepingShape = {
  AUDIT_SEAL_INTERVAL_MS: wholeNumber(100, 3_600_000)
    .prefault('2000')
    .describe('How often new events of the audit trail are sealed, in milliseconds.'),
};
