import { wholeNumber } from './whole-number.js';

/** How batches are taken in. */
export const batchShape = {
  BATCH_MAX_LINES: wholeNumber(1, 1_000_000).prefault('1000000').describe('Most lines of a batch.'),
  BATCH_UPLOAD_SILENCE_MS: wholeNumber(100, 600_000)
    .prefault('30000')
    .describe('How long an upload may be silent before it is given up, in milliseconds.'),
  BATCH_UPLOAD_HOURS: wholeNumber(1, 720)
    .prefault('24')
    .describe('After how many hours an upload that broke off and nobody took up is cancelled.'),
};
