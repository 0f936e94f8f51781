import { OUTCOME_CLASSES, type CatalogueEntry } from '@zhimaper/alipay-core';
import { z } from 'zod';
import { pageOf } from '../http/cursor.js';

/** A result code of the gateway, as the core's catalogue has it. */
export const catalogueEntrySchema: z.ZodType<CatalogueEntry> = z
  .object({
    code: z.string().nullable(),
    msg: z.string().nullable(),
    subCode: z.string().nullable(),
    aliases: z.array(z.string()).describe('Other spellings of the same.'),
    class: z.enum(OUTCOME_CLASSES),
    description: z.string(),
    descriptionZh: z.string(),
    solution: z.string(),
    solutionZh: z.string(),
    confidence: z
      .enum(['documented', 'observed', 'inferred-code', 'third-party', 'name-only'])
      .describe('How well the entry is known.'),
    methods: z.array(z.string()).nullable().describe('The only methods that may answer it.'),
    note: z.string().exactOptional(),
  })
  .meta({ id: 'CatalogueEntry' });

export const cataloguePageSchema = pageOf(catalogueEntrySchema, 'CataloguePage');
