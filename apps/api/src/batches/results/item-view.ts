import { OUTCOME_CLASSES } from '@zhimaper/alipay-core';
import { z } from 'zod';
import { pageOf } from '../../http/cursor.js';
import { LINE_STATUSES } from '../batch-status.js';

const gatewaySchema = z
  .object({
    code: z.string().nullable(),
    subCode: z.string().nullable(),
    class: z.enum(OUTCOME_CLASSES).nullable(),
    traceId: z.string().nullable().describe("Alipay's own id of the call."),
  })
  .describe('What the gateway said last of the authorisation.');

const issueSchema = z.object({
  field: z
    .string()
    .describe('Path of the member, such as `consent.grantedAt`; `line` for the line as a whole.'),
  code: z.string().describe('Stable, such as `CERT_NO_IS_NULL`.'),
});

/** What became of a line of a batch. */
const batchItemSchema = z
  .object({
    number: z
      .int()
      .describe(
        'Which line it is, from 1; neither the header of a CSV file nor blank lines count.',
      ),
    status: z.enum(LINE_STATUSES),
    reference: z.string().nullable(),
    authorizationId: z
      .uuid()
      .nullable()
      .describe("The line's authorisation, or the one that stands in its way."),
    code: z
      .string()
      .nullable()
      .describe('Why it was refused or failed, as a problem of `POST /v1/authorizations` has it.'),
    issues: z.array(issueSchema).describe('Why it is invalid.'),
    gateway: gatewaySchema.nullable(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'BatchItem' });

export type BatchItem = z.output<typeof batchItemSchema>;

export const batchItemPageSchema = pageOf(batchItemSchema, 'BatchItemPage');
