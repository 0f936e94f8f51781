import { z } from 'zod';
import { label } from '../http/label.js';

export const RESOLUTION_OUTCOMES = ['rejected', 'abandoned', 'adopted'] as const;

/** What a person decided about an application whose outcome nobody knew. */
export type ResolutionOutcome = (typeof RESOLUTION_OUTCOMES)[number];

/** Body of `POST /v1/authorizations/{id}/resolution`. */
export const resolutionSchema = z.strictObject({
  outcome: z
    .enum(RESOLUTION_OUTCOMES)
    .describe(
      '`rejected`: Alipay did not grant it. `abandoned`: it may be granted, but nobody waits for it. `adopted`: take the tokens that came in an answer that could not be verified.',
    ),
  note: label(500)
    .refine((text) => text.trim() !== '', 'is blank')
    .describe('How that is known, for those who ask later. It is stored encrypted.'),
});

export type Resolution = z.output<typeof resolutionSchema>;
