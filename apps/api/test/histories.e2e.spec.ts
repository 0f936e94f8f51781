import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AuthorizationsService } from '../src/authorizations/authorizations.service.js';
import { applicationSchema } from '../src/authorizations/authorization-schemas.js';
import { OverdueSweep } from '../src/authorizations/overdue-sweep.js';
import { ResolutionsService } from '../src/authorizations/resolutions.service.js';
import { RESOLUTION_OUTCOMES } from '../src/authorizations/resolution-schema.js';
import { SpoolReplay } from '../src/authorizations/spool-replay.js';
import { FAULT_STEPS } from '../src/faults/fault-points.js';
import { account, ALL_WELL, type SentApplication } from './support/account.js';
import { certNoOf, EXAMPLE } from './support/applications.js';
import { startTestApi, type TestApi } from './support/test-api.js';
import { TestFaults } from './support/test-faults.js';

const RUNS = Number(process.env['HISTORIES'] ?? 200);
/** The instances do nothing on their own: the history says when they sweep and replay. */
const SETTINGS = { SWEEP_INTERVAL_MS: '60000', LOG_LEVEL: 'fatal' };
const KEYS = 3;
const PAYLOADS = 2;

const GATEWAY = [
  {},
  { delayMs: 3 },
  { unsigned: true },
  { resetAfter: true },
  { resetBefore: true },
  { subCode: 'NO_USER_ERROR' },
  { subCode: 'SYSTEM_ERROR' },
  { subCode: 'isv.app-call-limited', code: '40005' },
] as const;

const instance = fc.integer({ min: 0, max: 1 });
const keyAt = fc.integer({ min: 0, max: KEYS - 1 });
const fault = fc.option(
  fc.record({
    step: fc.constantFrom(...FAULT_STEPS),
    what: fc.constantFrom('fail' as const, 'freeze' as const),
  }),
  { freq: 2 },
);

const post = fc.record({
  kind: fc.constant('post' as const),
  instance,
  key: keyAt,
  /** Mostly the same one. */
  payload: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.constant(PAYLOADS - 1)),
  gateway: fc.oneof(fc.constant({}), fc.constantFrom(...GATEWAY)),
  times: fc.constantFrom(1, 1, 3),
  fault,
});
const sweep = fc.record({ kind: fc.constant('sweep' as const), instance });
const replay = fc.record({ kind: fc.constant('replay' as const), instance, fault });
const resolution = fc.record({
  kind: fc.constant('resolve' as const),
  instance,
  key: keyAt,
  outcome: fc.constantFrom(...RESOLUTION_OUTCOMES),
});

const step = fc.oneof({ weight: 5, arbitrary: post }, sweep, replay, resolution);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

let instances: { api: TestApi; faults: TestFaults }[] = [];
let caller: { clientId: string; apiKeyId: string; scopes: [] };
let histories = 0;

beforeAll(async () => {
  const faults = [new TestFaults(), new TestFaults()] as const;
  const first = await startTestApi(SETTINGS, { faults: faults[0] });
  const second = await startTestApi(SETTINGS, { faults: faults[1], beside: first });
  instances = [
    { api: first, faults: faults[0] },
    { api: second, faults: faults[1] },
  ];
  await first.issueKey(['authorizations:write']);
  const [row] = await first.database.query<{ clientId: string; apiKeyId: string }>(
    'SELECT client_id AS "clientId", id AS "apiKeyId" FROM api_keys',
  );
  caller = { ...row!, scopes: [] };
});
afterAll(async () => {
  for (const { api, faults } of instances.reverse()) {
    faults.clear();
    await api.close();
  }
});

/** The payloads of one history, each with a mobile of its own; the keys take turns at two people. */
function payloadsOf(history: number) {
  return Array.from({ length: KEYS * PAYLOADS }, (_, at) => {
    const key = at % KEYS;
    return applicationSchema.parse({
      ...EXAMPLE,
      certNo: certNoOf('3', history * 2 + (key % 2)),
      mobile: String(13_000_000_000 + history * KEYS * PAYLOADS + at),
      reference: `history-${history}-${key}`,
    });
  });
}

async function take(one: Step, payloads: ReturnType<typeof payloadsOf>): Promise<void> {
  const { api, faults } = instances[one.instance]!;
  const get = api.app.get.bind(api.app);
  const now = 'fault' in one && one.fault;
  if (now) faults.set(now.step, now.what);
  switch (one.kind) {
    case 'post': {
      const application = payloads[one.payload * KEYS + one.key]!;
      const { mobile, reference } = application;
      if (Object.keys(one.gateway).length > 0) {
        api.sandbox.addScenario({ match: { mobile }, times: 1, then: one.gateway });
      }
      const apply = () =>
        get(AuthorizationsService, { strict: false }).apply({
          ...caller,
          requestId: randomUUID(),
          idempotencyKey: reference!,
          application,
        });
      await faults.endsOrFreezes(() =>
        Promise.allSettled(Array.from({ length: one.times }, apply)),
      );
      break;
    }
    case 'sweep':
      await api.database.query(
        "UPDATE attempts SET deadline = now() - interval '1 s' WHERE state = 'started'",
      );
      await get(OverdueSweep, { strict: false }).run();
      break;
    case 'replay':
      await faults.endsOrFreezes(() =>
        get(SpoolReplay, { strict: false }).run(new AbortController().signal),
      );
      break;
    case 'resolve': {
      const [row] = await api.database.query<{ id: string }>(
        'SELECT id FROM authorizations WHERE reference = $1',
        [payloads[one.key]!.reference],
      );
      if (!row) break;
      const body = { outcome: one.outcome, note: 'decided at random' };
      await get(ResolutionsService, { strict: false })
        .resolve(caller, row.id, body)
        .catch(() => undefined);
    }
  }
  faults.clear();
}

/** Everybody who died is dead, and the others do their work. */
async function settle(): Promise<void> {
  for (const index of [0, 1]) {
    await take({ kind: 'replay', instance: index, fault: null }, []);
    await take({ kind: 'sweep', instance: index }, []);
  }
}

describe('whatever happens in whatever order', () => {
  it(
    'no pair is lost, nobody is applied for twice, and nothing is granted without a call',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
          const payloads = payloadsOf((histories += 1));
          const sent = payloads.map(({ mobile, reference }): SentApplication => ({
            mobile,
            reference: reference!,
          }));
          for (const one of steps) await take(one, payloads);
          await settle();
          const found = await account(instances[0]!.api, sent);
          instances[0]!.api.sandbox.reset();
          expect(found).toEqual(ALL_WELL);
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    RUNS * 2_000 + 120_000,
  );
});
