import { OUTCOME_CLASSES } from '@zhimaper/alipay-core';
import { z } from 'zod';
import { PROBLEM_CODES } from './problem-catalogue.js';

const inputIssueSchema = z
  .object({
    field: z.string().describe('Path of the member, such as `consent.grantedAt`.'),
    code: z.string().describe('Stable, such as `CERT_NO_IS_NULL`.'),
    message: z.string().describe('What is wrong, without the value.'),
  })
  .meta({ id: 'InputIssue' });

const gatewayVerdictSchema = z
  .object({
    code: z.string(),
    subCode: z.string().nullable(),
    class: z.enum(OUTCOME_CLASSES).describe('What the answer means for the caller.'),
    solution: z.string().describe('What to do.'),
  })
  .meta({ id: 'GatewayVerdict', description: 'What Alipay answered, and what to do about it.' });

export type GatewayVerdict = z.output<typeof gatewayVerdictSchema>;

const membersShape = {
  issues: z.array(inputIssueSchema).exactOptional().describe('Every fault of the input, at once.'),
  gateway: gatewayVerdictSchema.exactOptional(),
  authorizationId: z
    .uuid()
    .exactOptional()
    .describe('The authorisation that the problem is about.'),
  batchId: z.uuid().exactOptional().describe('The batch that the problem is about.'),
};

/** The body of an answer of media type `application/problem+json` (RFC 9457, section 3). */
export const problemSchema = z
  .object({
    type: z.string().describe('URI reference of the page that explains the code.'),
    title: z.string().describe('What is wrong in general.'),
    status: z.int().min(400).max(599),
    detail: z.string().describe('What is wrong this time.'),
    code: z.enum(PROBLEM_CODES).describe('Stable; what a program decides by.'),
    traceId: z.string().describe('What the log lines of the request carry.'),
    ...membersShape,
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problemSchema>;

/** Members of a problem beside those that every problem has. */
export type ProblemMembers = Pick<Problem, keyof typeof membersShape>;
