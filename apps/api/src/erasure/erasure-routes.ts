import { z } from 'zod';
import type { RouteDescription } from '../openapi/documented.js';

/** What became of a person's authorisations. */
const erasureReportSchema = z
  .object({
    erased: z.int().describe('How many authorisations were erased.'),
    lines: z.int().describe('How many lines of batches that had not begun were erased.'),
    inFlight: z.int().describe('Those under way, which can be erased once they have ended.'),
  })
  .meta({ id: 'ErasureReport' });

export type ErasureReport = z.output<typeof erasureReportSchema>;

export const ERASE_AUTHORIZATION: RouteDescription = {
  operationId: 'eraseAuthorization',
  summary: 'Destroys what is kept of a person in one authorisation, its tokens included',
  description: "The person is erased from the lines of the client's batches too.",
  answers: { 204: { description: 'Erased, now or before.' } },
  problems: ['application-in-flight'],
};

export const ERASE_PERSON: RouteDescription = {
  operationId: 'erasePerson',
  summary: 'Destroys all that the client keeps of a person',
  answers: {
    200: {
      description: 'How many there were.',
      schema: erasureReportSchema,
      example: { erased: 1, lines: 0, inFlight: 0 },
    },
  },
  bodyExamples: {
    person: {
      summary: 'The example person',
      value: { certType: 'IDENTITY_CARD', certNo: '330701199901011311' },
    },
  },
};
