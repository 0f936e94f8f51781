import {
  givesAway,
  zhimaAuthorizationInputSchema,
  zhimaInputIssues,
  type InputIssue,
} from '@zhimaper/alipay-core';
import { z } from 'zod';
import { pageParameters } from '../http/cursor.js';
import { describeIssues } from '../http/describe-issues.js';
import { hasControlCharacter, label } from '../http/label.js';
import { AUTHORIZATION_STATUSES } from './authorization-status.js';

const consentSchema = z.strictObject({
  reference: label(128).describe("The caller's record of the person's consent."),
  textVersion: label(64).describe('Which text the person agreed to.'),
  grantedAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .describe('When the person agreed.'),
});

/** Members that hold the person's data, which must not stand anywhere else. */
const PERSONAL_MEMBERS = ['certNo', 'name', 'mobile'] as const;

/** Body of `POST /v1/authorizations`: the person as alipay-core takes it, and what the caller says about it. */
export const applicationSchema = zhimaAuthorizationInputSchema
  .extend({
    reference: label(128)
      .optional()
      .describe("The caller's own id of the application. It is stored as it is: no personal data."),
    consent: consentSchema.describe("The person's consent to the application."),
    confirmReapplication: z
      .boolean()
      .optional()
      .describe('Applies although the person is already authorised, which sends another SMS.'),
  })
  .superRefine((body, context) => {
    const refuse = (path: string[], code: string, message: string) => {
      context.addIssue({ code: 'custom', path, message, params: { code } });
    };
    for (const member of [...PERSONAL_MEMBERS, 'linkedMerchantId'] as const) {
      if (hasControlCharacter(body[member] ?? '')) {
        refuse([member], 'CONTROL_CHARACTER', 'has a control character');
      }
    }
    const stored: [string[], string | undefined][] = [
      [['reference'], body.reference],
      [['consent', 'reference'], body.consent.reference],
      [['consent', 'textVersion'], body.consent.textVersion],
      [['linkedMerchantId'], body.linkedMerchantId],
    ];
    const data = PERSONAL_MEMBERS.map((member) => body[member]);
    for (const [path, text] of stored) {
      if (text !== undefined && givesAway(text, data)) {
        refuse(path, 'PERSONAL_DATA', "holds the person's data, and would be stored as it is");
      }
    }
  });

export type Application = z.output<typeof applicationSchema>;

/** Query of `GET /v1/authorizations`. */
export const authorizationListSchema = z.strictObject({
  status: z.enum(AUTHORIZATION_STATUSES).optional().describe('Only those of this status.'),
  reference: label(128).optional().describe("Only those of this caller's reference."),
  linkedMerchantId: label(16).optional().describe('Only those of this second-level merchant.'),
  ...pageParameters,
});

export type AuthorizationListQuery = z.output<typeof authorizationListSchema>;

/** The faults of a body that holds a person's data: those of the person with the interface document's own codes. */
export function personIssues(value: unknown, error: z.ZodError, whole: string): InputIssue[] {
  const ofPerson = (issue: z.core.$ZodIssue) =>
    issue.path.length === 1 && String(issue.path[0]) in zhimaAuthorizationInputSchema.shape;
  return error.issues.flatMap((issue) =>
    ofPerson(issue)
      ? zhimaInputIssues(value, new z.ZodError([issue]))
      : describeIssues(value, new z.ZodError([issue]), whole),
  );
}
