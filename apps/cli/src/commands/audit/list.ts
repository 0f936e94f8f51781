import type { ApiPaths, AuditEvent } from '@zhimaper/api-client';
import { ask } from '../../api/ask.js';
import { connectToApi } from '../../api/connect.js';
import { printPages, type PageOptions } from '../../api/print-pages.js';
import { parseInstant } from '../../input/instant.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';
import { auditColumns } from './show.js';

type Query = NonNullable<ApiPaths['/v1/audit-events']['get']['parameters']['query']>;

export interface ListOptions extends PageOptions {
  action?: NonNullable<Query['action']>;
  authorization?: string;
  apiKey?: string;
  from?: string;
  to?: string;
  allClients?: boolean;
  utc?: boolean;
}

/** Lists what was done and by whom, the newest first. */
export async function runList({
  context,
  output,
  options,
}: CommandRun<ListOptions>): Promise<CommandOutcome> {
  const filters = readFilters(options);
  const api = await connectToApi(context);
  await printPages<AuditEvent>(
    output,
    {
      json: (event) => ({ ...event, error: null }),
      columns: auditColumns,
      empty: 'No event matches.',
    },
    options,
    (page) =>
      ask(
        api.GET('/v1/audit-events', {
          params: { query: { ...filters, ...page } },
          signal: context.signal,
        }),
      ),
  );
  return 'success';
}

function readFilters({ action, authorization, apiKey, from, to, ...options }: ListOptions): Query {
  const { allClients = false, utc = false } = options;
  return {
    ...(action === undefined ? {} : { action }),
    ...(authorization === undefined ? {} : { authorizationId: authorization }),
    ...(apiKey === undefined ? {} : { apiKeyId: apiKey }),
    ...(from === undefined ? {} : { from: readInstant('--from', from, utc) }),
    ...(to === undefined ? {} : { to: readInstant('--to', to, utc) }),
    ...(allClients ? { allClients: 'true' as const } : {}),
  };
}

function readInstant(option: string, text: string, utc: boolean): string {
  const at = parseInstant(text, utc);
  if (at) return at.toISOString();
  throw new CommandFailure('invalid-usage', `${option} is no time of ISO 8601.`, {
    nextStep: 'Write 2026-11-24, 2026-11-24T08:00 or 2026-11-24T08:00:00Z.',
  });
}
