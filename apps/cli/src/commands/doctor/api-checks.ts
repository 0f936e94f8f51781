import { readdir } from 'node:fs/promises';
import { readApiSettings, type ApiSettings } from '../../config/api-settings.js';
import type { CliContext } from '../../runtime/context.js';
import { CommandFailure } from '../../runtime/failure.js';
import { failed, ok, skipped, warning, type Check } from './check.js';
import { spoolCheck } from './spool-check.js';
import { probe, textMember, type Probed } from '../../net/probe.js';

/** Whether the api is ready, with the schema it needs, knows the key, and waits for nobody's decision. */
export async function checkApi(context: CliContext): Promise<Check[]> {
  if (!context.env['ZHIMAPER_API_URL']) {
    return [skipped('api', 'No api is configured (api-url, ZHIMAPER_API_URL).')];
  }
  let settings: ApiSettings;
  try {
    settings = await readApiSettings(context);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return error.details.map((detail) => failed('api', detail, error.nextStep));
  }
  const { url, key } = settings;
  const { signal } = context;
  const ready = await probe(`${url}/health/ready`, { signal });
  if (!ready.reached) {
    const next = 'Check api-url, and whether the service runs.';
    return [failed('api', `${url} does not answer: ${ready.reason}.`, next)];
  }
  const headers = { authorization: `Bearer ${key}` };
  const [document, metrics, unknown] = await Promise.all([
    probe(`${url}/openapi.json`, { signal }),
    probe(`${url}/metrics`, { signal }),
    probe(`${url}/v1/authorizations?status=unknown&limit=100`, { signal, headers }),
  ]);
  return [
    readinessCheck(url, ready, versionIn(document)),
    schemaCheck(ready.body),
    spoolCheck(ready.body, metrics),
    ...keyChecks(unknown),
  ];
}

/** Whether outcomes wait on this machine's disk for the database; only where the spool is here. */
export async function checkSpoolFolder({ env }: CliContext): Promise<Check[]> {
  const folder = env['SPOOL_DIR'];
  if (!folder) return [];
  try {
    const waiting = (await readdir(folder)).filter((name) => name.endsWith('.spool')).length;
    if (waiting === 0) return [ok('spool-folder', 'nothing waits in it')];
    const next =
      'The service stores them when it starts: see that its database is up, and start it.';
    return [warning('spool-folder', `${waiting} outcomes wait in ${folder}`, next)];
  } catch {
    return [skipped('spool-folder', `${folder} cannot be read by this user.`)];
  }
}

function readinessCheck(url: string, ready: Reached, version: string | null): Check {
  const { status, body } = ready;
  const state = textMember(body, 'status');
  if (state === null) {
    return failed('api', `${url} answers ${status}, but not as the api does.`, 'Check api-url.');
  }
  const detail = `${url} is ${state}${version === null ? '' : `, version ${version}`}`;
  if (state === 'ready') return ok('api', detail);
  const next =
    textMember(body, 'database') === 'down'
      ? 'See that the database is up and DATABASE_URL is right.'
      : 'See the other checks and the log of the service.';
  return failed('api', detail, next);
}

function schemaCheck(body: unknown): Check {
  switch (textMember(body, 'schema')) {
    case 'current':
      return ok('schema', 'the database has the schema that the api needs');
    case 'outdated':
      return failed('schema', 'the database has an older schema', 'Run the migrations of the api.');
    default:
      return skipped('schema', 'The api cannot tell.');
  }
}

function keyChecks(answer: Probed): Check[] {
  if (!answer.reached) {
    return [failed('api-key', `The api did not answer: ${answer.reason}.`, 'Try again.')];
  }
  const { status, body } = answer;
  if (status === 401) {
    const next = 'Make a new one with zhimaper api-keys create, and set api-key-file.';
    return [failed('api-key', 'The api does not know the key, or it is revoked.', next)];
  }
  if (status === 403) {
    return [
      ok('api-key', 'the api knows the key'),
      skipped('unknown-outcomes', 'The key has no scope authorizations:read.'),
    ];
  }
  const items = itemsIn(body);
  if (status !== 200 || items === null) {
    return [failed('api-key', `The api answers ${status}.`, 'See the log of the service.')];
  }
  const count = items.length === 100 ? '100 or more' : String(items.length);
  return [
    ok('api-key', 'the api knows the key'),
    items.length === 0
      ? ok('unknown-outcomes', 'no application waits for a decision')
      : warning(
          'unknown-outcomes',
          `${count} applications have an unknown outcome`,
          'Decide each: zhimaper authorizations list --status unknown, then authorizations resolve.',
        ),
  ];
}

type Reached = Extract<Probed, { reached: true }>;

function versionIn(document: Probed): string | null {
  if (!document.reached || typeof document.body !== 'object' || document.body === null) return null;
  const info: unknown = 'info' in document.body ? document.body.info : null;
  return textMember(info, 'version');
}

function itemsIn(body: unknown): readonly unknown[] | null {
  const items: unknown =
    typeof body === 'object' && body !== null && 'items' in body ? body.items : null;
  return Array.isArray(items) ? (items as unknown[]) : null;
}
