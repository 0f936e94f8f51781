import { z } from 'zod';
import { wholeNumber } from './whole-number.js';

/** What a process does, and how it looks after jobs. */
export const processShape = {
  ROLE: z
    .enum(['all', 'api', 'worker'], 'must be all, api or worker')
    .default('all')
    .describe(
      '`api` serves requests, `worker` does jobs and scheduled work and serves `/health` and `/metrics` alone, `all` does both.',
    ),
  JOB_EXPIRY_MS: wholeNumber(1_000, 3_600_000)
    .prefault('30000')
    .describe(
      'How long a job is left to a worker that gives no sign of life, in milliseconds; then it is given up.',
    ),
  JOB_MAINTENANCE_MS: wholeNumber(100, 600_000)
    .prefault('15000')
    .describe('How often jobs to be given up and jobs to be removed are looked for.'),
};
