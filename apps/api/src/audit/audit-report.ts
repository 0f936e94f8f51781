import { z } from 'zod';

const faultSchema = z.object({
  kind: z
    .enum([
      'event-not-genuine',
      'events-removed',
      'events-added',
      'seal-not-genuine',
      'seal-missing',
      'anchor-missing',
    ])
    .describe(
      [
        "`event-not-genuine`: the event was changed, or written by somebody who has not the service's key.",
        '`events-removed`, `events-added`: fewer or more events than the seal was made for.',
        '`seal-not-genuine`: the seal, or the order or choice of its events, is not what was sealed.',
        '`seal-missing`: a seal between others.',
        '`anchor-missing`: the seal noted earlier is not there any more, or is another one.',
      ].join(' '),
    ),
  seal: z.int().nullable().describe('Number of the seal; null for an event that has none yet.'),
  eventId: z.uuid().nullable(),
});

const anchorSchema = z.object({
  seal: z.int().describe('Number of the seal.'),
  digest: z.string().describe('Hexadecimal.'),
});

/** What was found when the trail was compared with its seals. */
export const auditReportSchema = z
  .object({
    verified: z.boolean(),
    seals: z.int(),
    events: z.int(),
    unsealedEvents: z.int().describe('How many of the events are too young to have a seal.'),
    faults: z.int(),
    firstFault: faultSchema.nullable(),
    head: anchorSchema.nullable().describe('The newest seal, to be noted outside of the database.'),
  })
  .meta({ id: 'AuditReport' });

export type AuditReport = z.output<typeof auditReportSchema>;

/** What is wrong with the trail. */
export type AuditFaultKind = z.output<typeof faultSchema>['kind'];

/** A seal as a caller notes it outside of the database. */
export type SealAnchor = z.output<typeof anchorSchema>;
