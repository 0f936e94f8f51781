import { z } from 'zod';
import type { RouteDescription, StreamDescription } from '../openapi/documented.js';
import { batchPageSchema, batchViewSchema, type BatchView } from './batch-view.js';
import { batchItemPageSchema, type BatchItem } from './results/item-view.js';
import { CSV_COLUMNS } from './upload/csv-columns.js';
import type { UploadMediaType } from './upload/upload-formats.js';

const EXAMPLE_BATCH: BatchView = {
  id: '0193579b-df00-7000-8000-000000000002',
  status: 'running',
  pauseReason: null,
  lineCount: 1000,
  counts: {
    waiting: 880,
    authorized: 112,
    rejected: 5,
    failed: 0,
    unknown: 0,
    abandoned: 0,
    erased: 0,
    refused: 1,
    invalid: 2,
    cancelled: 0,
  },
  retryAt: null,
  createdAt: '2026-11-24T08:00:01.000Z',
  updatedAt: '2026-11-24T08:00:09.000Z',
  receivedAt: '2026-11-24T08:00:02.000Z',
  endedAt: null,
};

const EXAMPLE_ITEM: BatchItem = {
  number: 1,
  status: 'authorized',
  reference: 'crm-4711',
  authorizationId: '0193579b-df00-7000-8000-000000000001',
  code: null,
  issues: [],
  gateway: {
    code: '10000',
    subCode: null,
    class: 'success',
    traceId: '0b46c3c917000000000000001e1b1d',
  },
  endedAt: '2026-11-24T08:00:02.000Z',
};

const JSONL = {
  description: 'On each line a body of `POST /v1/authorizations`, as JSON.',
  example: `${JSON.stringify({
    certType: 'IDENTITY_CARD',
    certNo: '330701199901011311',
    name: '张三',
    mobile: '13588111111',
    reference: 'crm-4711',
    consent: { reference: 'c-1', textVersion: '2026-01', grantedAt: '2026-11-24T08:00:00Z' },
  })}\n`,
};

/** What an upload's body may be. */
export const UPLOAD_BODIES: Readonly<Record<UploadMediaType, StreamDescription>> = {
  'application/jsonl': JSONL,
  'application/x-ndjson': JSONL,
  'text/csv': {
    description: `A header with columns out of ${CSV_COLUMNS.map((name) => `\`${name}\``).join(', ')}, in any order; a field that is empty is left out.`,
    example:
      'certType,certNo,name,mobile,reference,consentReference,consentTextVersion,consentGrantedAt\nIDENTITY_CARD,330701199901011311,张三,13588111111,crm-4711,c-1,2026-01,2026-11-24T08:00:00Z\n',
  },
};

const BATCH = { description: 'The batch.', schema: batchViewSchema, example: EXAMPLE_BATCH };

export const CREATE: RouteDescription = {
  operationId: 'createBatch',
  summary: 'Takes in many applications, which are done one by one',
  description:
    'The body is read while it arrives: up to 1,000,000 lines, each of up to 16 KiB. A line that is not valid is recorded, and stops no other. An upload that broke off goes on when the same lines are sent again with the same Idempotency-Key; one that nobody takes up again is cancelled after a day.',
  answers: {
    201: { ...BATCH, description: 'All lines are stored; the batch has begun.' },
  },
  problems: ['batch-ended', 'service-stopping'],
};

export const LIST: RouteDescription = {
  operationId: 'listBatches',
  summary: "The client's batches, newest first",
  answers: {
    200: {
      description: 'A page.',
      schema: batchPageSchema,
      example: { items: [EXAMPLE_BATCH], nextCursor: null },
    },
  },
};

export const FIND: RouteDescription = {
  operationId: 'getBatch',
  summary: 'One batch, with its lines counted by state',
  answers: { 200: BATCH },
};

export const PAUSE: RouteDescription = {
  operationId: 'pauseBatch',
  summary: 'Lets no further line of a batch begin',
  description: 'Lines under way end as they would. A batch that is paused stays so.',
  answers: { 200: BATCH },
  problems: ['batch-receiving', 'batch-ended'],
};

export const RESUME: RouteDescription = {
  operationId: 'resumeBatch',
  summary: 'Lets a paused batch go on',
  description: 'A batch that is running stays so.',
  answers: { 200: BATCH },
  problems: ['batch-receiving', 'batch-ended'],
};

export const CANCEL: RouteDescription = {
  operationId: 'cancelBatch',
  summary: 'Ends a batch before its lines are done',
  description:
    'The applications of the lines that wait are destroyed; lines under way end as they would. A batch that is cancelled stays so.',
  answers: { 200: BATCH },
  problems: ['batch-ended'],
};

export const ITEMS: RouteDescription = {
  operationId: 'listBatchItems',
  summary: 'What became of the lines of a batch, in their order',
  description:
    'As `application/json` one page; as `application/jsonl`, `application/x-ndjson` or `text/csv` a stream of all lines from the cursor on. A stream that breaks off goes on with the number of the last line as its cursor. CSV is safe to open in a spreadsheet: a field that would be a formula begins with an apostrophe.',
  answers: {
    200: {
      description: 'A page, or a stream.',
      schema: batchItemPageSchema,
      example: { items: [EXAMPLE_ITEM], nextCursor: null },
      alternatives: {
        'application/jsonl': z.string().describe('A `BatchItem` on each line.'),
        'application/x-ndjson': z.string().describe('A `BatchItem` on each line.'),
        'text/csv': z.string().describe('A header, then one line for each item.'),
      },
    },
  },
};
