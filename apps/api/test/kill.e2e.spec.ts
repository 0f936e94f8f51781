import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FAULT_STEPS, type FaultStep } from '../src/faults/fault-points.js';
import { account, ALL_WELL, type SentApplication } from './support/account.js';
import { certNoOf, EXAMPLE } from './support/applications.js';
import { endPrograms, runProgram, urlOf, type ProgramRun } from './support/run-program.js';
import { startTestApi, testVariables, type TestApi } from './support/test-api.js';
import { until } from './support/until.js';

/** How often each step is tried, with another load each time. */
const SEEDS = Number(process.env['KILL_SEEDS'] ?? 3);
const PROCESSES_AT_ONCE = 3;
const APPLICATIONS = 3;

/** A quick life: what is not settled two seconds after it began is unknown. */
const SETTINGS = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'info',
  SWEEP_INTERVAL_MS: '100',
  ALIPAY_TIMEOUT_MS: '1500',
  ATTEMPT_MARGIN_MS: '500',
};

/** What has to go wrong first, for the step to be reached at all. */
const BEFORE: Partial<Record<FaultStep, string>> = Object.fromEntries(
  FAULT_STEPS.slice(FAULT_STEPS.indexOf('before-spool')).map((step) => [
    step,
    'before-commit:fail,',
  ]),
);

const GATEWAY = [
  {},
  { delayMs: 50 },
  { unsigned: true },
  { resetAfter: true },
  { delayMs: 200 },
  { subCode: 'NO_USER_ERROR' },
] as const;

let api: TestApi;
let key: string;
const sent: SentApplication[] = [];

beforeAll(async () => {
  api = await startTestApi({ SWEEP_INTERVAL_MS: '60000' });
  key = await api.issueKey(['authorizations:write', 'authorizations:read']);
});
afterEach(() => {
  endPrograms();
});
afterAll(() => api.close());

function newApplication() {
  const mobile = String(13_900_000_000 + sent.length);
  const reference = `kill-${sent.length}`;
  sent.push({ reference, mobile });
  return { ...EXAMPLE, certNo: certNoOf('2', sent.length), mobile, reference };
}

type Body = ReturnType<typeof newApplication>;

/** What the service answers; null where it died over it. */
async function post(url: string, body: Body): Promise<number | null> {
  try {
    const response = await fetch(`${url}/v1/authorizations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': body.reference,
      },
      body: JSON.stringify(body),
    });
    await response.text();
    return response.status;
  } catch {
    return null;
  }
}

/**
 * The files of a spool that hold something. One that is killed as it begins to write leaves an empty file, which is set
 * aside after some minutes; what should have stood in it is unknown.
 */
async function filledFiles(spoolDir: string): Promise<string[]> {
  const names = await readdir(spoolDir);
  const sizes = await Promise.all(
    names.map((name) => stat(join(spoolDir, name)).catch(() => ({ size: 0 }))),
  );
  return names.filter((_name, index) => sizes[index]!.size > 0);
}

async function diedEarly({ exit, output }: ProgramRun): Promise<never> {
  throw new Error(`The api ended with ${String(await exit)}: ${output.stdout}${output.stderr}`);
}

/** Runs a process until the step kills it, and answers what was sent to it. */
async function killAt(step: FaultStep, seed: number, spoolDir: string): Promise<Body[]> {
  const rule = `${BEFORE[step] ?? ''}${step}:kill@${1 + (seed % APPLICATIONS)}`;
  const program = runProgram('api', {
    ...testVariables(api.database.url, api.sandbox),
    ...SETTINGS,
    SPOOL_DIR: spoolDir,
    FAULT_POINTS: rule,
  });
  const url = await Promise.race([urlOf(program), diedEarly(program)]);
  const bodies = Array.from({ length: APPLICATIONS }, newApplication);
  for (const [index, { mobile }] of bodies.entries()) {
    // The first is always granted, so that there is a pair to lose.
    const then = index === 0 ? {} : GATEWAY[(seed + index) % GATEWAY.length]!;
    if (Object.keys(then).length > 0) api.sandbox.addScenario({ match: { mobile }, then });
  }
  await Promise.all(bodies.map((body) => post(url, body)));
  expect(await program.exit).toBe('SIGKILL');
  return bodies;
}

describe.each(FAULT_STEPS)('a process killed at %s', (step) => {
  it(
    'loses no pair, applies for nobody twice, and leaves nothing pending',
    async () => {
      for (let first = 0; first < SEEDS; first += PROCESSES_AT_ONCE) {
        const seeds = Array.from(
          { length: Math.min(PROCESSES_AT_ONCE, SEEDS - first) },
          (_, index) => first + index,
        );
        const spoolDirs = seeds.map((seed) => join(api.spoolDir, '..', `${step}-${seed}`));
        const bodies = await Promise.all(
          seeds.map((seed, index) => killAt(step, seed, spoolDirs[index]!)),
        );
        const restarted = await Promise.all(
          spoolDirs.map((SPOOL_DIR) =>
            startTestApi({ ...SETTINGS, SPOOL_DIR }, { beside: { ...api, spoolDir: SPOOL_DIR } }),
          ),
        );
        try {
          await until(async () => {
            const files = await Promise.all(spoolDirs.map(filledFiles));
            const { pending } = await account(api, sent, spoolDirs);
            return files.flat().length === 0 && pending.length === 0;
          });
          // Callers who got no answer ask again.
          for (const body of bodies.flat()) await post(restarted[0]!.url, body);
          expect(await account(api, sent, spoolDirs)).toEqual(ALL_WELL);
        } finally {
          await Promise.all(restarted.map((instance) => instance.close()));
        }
      }
    },
    300_000 * Math.ceil(SEEDS / PROCESSES_AT_ONCE),
  );
});

describe('after all that', () => {
  it('every application has an end that the service knows', async () => {
    const rows = await api.database.query<{ status: string }>(
      'SELECT status FROM authorizations GROUP BY status ORDER BY status',
    );
    const statuses = rows.map(({ status }) => status);
    expect(statuses).toContain('authorized');
    expect(['authorized', 'rejected', 'unknown']).toEqual(expect.arrayContaining(statuses));
    expect(sent).toHaveLength(FAULT_STEPS.length * SEEDS * APPLICATIONS);
  });
});
