import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { LocalStack } from '@zhimaper/local-stack';
import { runCli, startCli, type RunOptions } from './support/built-cli.js';
import { capture } from './support/capture.js';
import { PERSON, personalDataIn } from './support/gateway.js';
import { applicationJson, startTestStack } from './support/stack.js';
import { runInTerminal } from './support/terminal.js';

jest.setTimeout(120_000);

const MASKED = {
  certType: 'IDENTITY_CARD',
  certNo: '330***********0001',
  name: '*三',
  mobile: '135****1111',
};

let stack: LocalStack;
let env: Record<string, string>;

beforeAll(async () => {
  ({ stack, env } = await startTestStack());
});
afterAll(() => stack.stop());

function cli(args: readonly string[], options: RunOptions = {}) {
  return runCli(['authorizations', ...args], { env, ...options });
}

/** Applies within this process; answers the line of JSON. */
async function apply(json: string, ...args: string[]) {
  const argv = ['authorizations', 'apply', '--input', '-', '--json', ...args];
  const { status, stdout } = await capture(argv, { env, stdin: json });
  return { status, line: JSON.parse(stdout) as Record<string, unknown> & { id: string } };
}

/** The same within this process, where the built binary was seen already. */
async function quick(args: readonly string[], options: { env?: typeof env; stdin?: string } = {}) {
  return capture(['authorizations', ...args], { env, ...options });
}

function callsFor(mobile: string): number {
  const masked = `${mobile.slice(0, 3)}****${mobile.slice(-4)}`;
  return stack.sandbox
    .ledger()
    .requests.filter((request) => [mobile, masked].includes(request.mobile ?? '')).length;
}

describe('zhimaper authorizations apply', () => {
  it('stores the authorisation, and continues instead of applying again', async () => {
    const mobile = '13588112222';
    const stdin = applicationJson(1, { mobile, reference: 'crm-1' });
    const first = await cli(['apply', '--input', '-', '--json'], { stdin });
    expect(first.status).toBe(0);
    const line = JSON.parse(first.stdout) as Record<string, unknown>;
    expect(line).toEqual({
      outcome: 'success',
      idempotencyKey: expect.stringMatching(/^cli-[\w-]{43}$/),
      replayed: false,
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      status: 'authorized',
      reference: 'crm-1',
      tokenType: 'permanent',
      subject: { ...MASKED, mobile: '135****2222' },
      linkedMerchantId: null,
      consent: { reference: 'c-1', textVersion: '2026-01', grantedAt: '2026-11-24T08:00:00Z' },
      gateway: { code: '10000', subCode: null, class: null, traceId: expect.any(String) },
      warnings: [{ field: 'certNo', code: 'CERT_NO_CHECK_DIGIT' }],
      resolution: null,
      reauthorizationRequired: false,
      reauthorizationReason: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      error: null,
    });
    expect(first.stderr).toBe(
      `warning: certNo has a check digit that does not match (CERT_NO_CHECK_DIGIT)\nidempotency key ${String(line['idempotencyKey'])}\n`,
    );
    expect(personalDataIn(first.stdout + first.stderr)).toBeNull();

    const second = await quick(['apply', '--input', '-', '--json'], { stdin });
    expect(second.status).toBe(0);
    expect(JSON.parse(second.stdout)).toEqual({ ...line, replayed: true });
    expect(second.stderr).toContain(
      'An earlier call made this application; nothing was sent again.',
    );
    expect(callsFor(mobile)).toBe(1);
  });

  it.each([
    ['13800000005', 1, 'end-user', 'NO_USER_ERROR'],
    ['13800004002', 1, 'caller-input', 'isv.invalid-parameter'],
    ['13800002001', 1, 'token', 'aop.invalid-auth-token'],
    ['13800000006', 3, 'unknown-outcome', 'SYSTEM_ERROR'],
    ['13800004005', 75, 'rate-limited', 'isv.app-call-limited'],
    ['13800004001', 78, 'caller-config', 'isv.missing-default-signature-type'],
    ['13800004006', 78, 'permission', 'isv.insufficient-isv-permissions'],
  ])('for the mobile %s ends with %d (%s)', async (mobile, status, outcome, subCode) => {
    const run = await apply(applicationJson(Number(mobile.slice(-4)) + 1000, { mobile }));
    expect([run.status, run.line['outcome']]).toEqual([status, outcome]);
    expect(run.line).toMatchObject({
      id: null,
      error: { outcome, subCode, authorizationId: expect.any(String), traceId: expect.any(String) },
    });
  });

  it('refuses a second application for somebody authorised', async () => {
    const first = await apply(applicationJson(2));
    const other = {
      consent: { reference: 'c-2', textVersion: '1', grantedAt: '2026-11-25T08:00:00Z' },
    };
    const second = await apply(applicationJson(2, other));
    expect(second.status).toBe(5);
    expect(second.line['error']).toMatchObject({
      code: 'already-authorized',
      authorizationId: first.line.id,
      nextStep: `Use what is there: zhimaper authorizations get ${first.line.id}. Add --confirm-reapplication only if the person is to grant it again.`,
    });
    expect((await apply(applicationJson(2, other), '--confirm-reapplication')).status).toBe(0);
  });

  it('tells faults of configuration and input together, and sends nothing', async () => {
    const run = await quick(['apply', '--input', '-', '--json'], {
      env: {},
      stdin: JSON.stringify({ ...PERSON, name: '' }),
    });
    expect(run.status).toBe(78);
    for (const fault of [
      'ZHIMAPER_API_URL',
      'ZHIMAPER_API_KEY',
      'name is required',
      'consent.reference',
    ]) {
      expect(run.stderr).toContain(fault);
    }
  });

  it('asks at a terminal and hides the ID number', async () => {
    const { status, screen } = await runInTerminal(['authorizations', 'apply', '--utc'], {
      env,
      answers: [
        ['Name: ', '张三\r'],
        ['ID number: ', '330701199001010003\r'],
        ['Mobile: ', '13588111111\r'],
        ['Reference of the consent: ', 'c-1\r'],
        ['Version of the text agreed to: ', '2026-01\r'],
        ['Agreed at (ISO 8601): ', '2026-11-24T08:00:00Z\r'],
      ],
    });
    expect(screen).not.toContain('330701199001010003');
    expect(screen).toContain('\nstatus      authorized\n');
    expect(screen).toContain('\nperson      *三 330***********0003 135****1111\n');
    expect(screen).toContain('\nconsent     c-1 (2026-01, 2026-11-24 08:00:00Z)\n');
    expect(status).toBe(0);
  });

  it.each([
    ['ZHIMAPER_API_KEY', 'zma_nobody', 4, 'unauthenticated'],
    // A privileged port, which no other test is ever given.
    ['ZHIMAPER_API_URL', 'http://127.0.0.1:1009', 69, 'API_UNREACHABLE'],
  ])('with %s %s ends with %d', async (name, value, status, code) => {
    const run = await quick(['apply', '--input', '-', '--json'], {
      env: { ...env, [name]: value },
      stdin: applicationJson(4),
    });
    expect(run.status).toBe(status);
    expect(JSON.parse(run.stdout)).toMatchObject({ id: null, error: { code } });
  });
});

describe('zhimaper authorizations list', () => {
  it('prints values parted by tabs, a line of JSON each, and where it goes on', async () => {
    const { line } = await apply(applicationJson(10, { reference: 'list-1' }));
    const plain = await cli(['list', '--reference', 'list-1', '--utc']);
    const time = `${String(line['updatedAt']).slice(0, 19).replace('T', ' ')}Z`;
    expect(plain).toEqual({
      status: 0,
      stdout: `${line.id}\tauthorized\tlist-1\t*三\t135****1111\t-\t${time}\n`,
      stderr: '',
    });

    const all = await cli(['list', '--all', '--limit', '1', '--json']);
    const ids = all.stdout
      .trimEnd()
      .split('\n')
      .map((text) => (JSON.parse(text) as { id: string }).id);
    expect(ids[0]).toBe(line.id);
    expect(ids).toContain(stack.authorization.id);
    expect(new Set(ids).size).toBe(ids.length);

    const one = await quick(['list', '--limit', '1', '--json']);
    expect(one.stdout.split('\n')).toHaveLength(2);
    const cursor = /^More follow: add --all, or --cursor (\S+)\n$/.exec(one.stderr)?.[1];
    const next = await quick(['list', '--limit', '1', '--json', '--cursor', cursor ?? '']);
    expect(JSON.parse(next.stdout)).toMatchObject({ id: ids[1], error: null });
  });

  it('is a table on a terminal', async () => {
    await apply(applicationJson(11, { reference: 'list-2' }));
    const { status, screen } = await runInTerminal(
      ['authorizations', 'list', '--reference', 'list-2'],
      { env },
    );
    expect(screen).toMatch(
      /^ID {36}STATUS {6}REFERENCE {2}NAME {2}MOBILE {7}SUB-CODE {2}UPDATED\n/,
    );
    expect(screen).toMatch(
      /\n[\da-f-]{36} {2}authorized {2}list-2 {5}\*三 {3}135\*{4}1111 {2}- {9}2/,
    );
    expect(status).toBe(0);
  });

  it('says where nothing matches, and refuses what is no status', async () => {
    const none = await quick(['list', '--reference', 'nobody']);
    expect(none).toEqual({ status: 0, stdout: '', stderr: 'No authorisation matches.\n' });
    expect((await quick(['list', '--status', 'gone'])).status).toBe(2);
  });
});

describe('zhimaper authorizations get', () => {
  it('shows one, and does not find what is not there', async () => {
    const found = await cli(['get', stack.authorization.id, '--json']);
    expect(found.status).toBe(0);
    expect(JSON.parse(found.stdout)).toMatchObject({
      outcome: 'success',
      id: stack.authorization.id,
      status: 'authorized',
      error: null,
    });
    const missing = await quick(['get', '019302b7-0000-7000-8000-000000000001', '--json']);
    expect(missing.status).toBe(5);
    expect(JSON.parse(missing.stdout)).toMatchObject({
      outcome: 'not-found',
      id: null,
      error: { code: 'not-found' },
    });
  });

  it('completes ids, with what they are', async () => {
    const { id } = stack.authorization;
    const complete = (word: string) =>
      runCli(['__complete', '--', 'authorizations', 'get', word], { env });
    expect((await complete(id.slice(0, -1))).stdout).toBe(
      `${id}\tauthorized, local-stack-example\n`,
    );
    expect((await complete('')).stdout).toContain(`${id}\tauthorized, local-stack-example\n`);
    expect((await complete('ffff')).stdout).toBe('');
  });

  it('watches until the application is settled', async () => {
    const mobile = '13588113333';
    stack.sandbox.addScenario({ match: { mobile }, times: 1, then: { delayMs: 3000 } });
    const stdin = applicationJson(20, { mobile, reference: 'watched' });
    const applying = startCli(['authorizations', 'apply', '--input', '-'], { env, stdin });
    let id = '';
    while (id === '') {
      id = (await quick(['list', '--reference', 'watched'])).stdout.split('\t')[0] ?? '';
    }
    const watched = await cli(['get', id, '--watch', '--json']);
    expect(watched.status).toBe(0);
    expect(JSON.parse(watched.stdout)).toMatchObject({ outcome: 'success', status: 'authorized' });
    expect((await applying.ended).status).toBe(0);
  });
});

describe('zhimaper authorizations token', () => {
  it('prints the token alone, and warns unless told not to', async () => {
    const { line } = await apply(applicationJson(30));
    const token = stack.sandbox.ledger().tokens.at(-1)?.accessToken ?? '';
    const warned = await cli(['token', line.id]);
    expect(warned).toEqual({
      status: 0,
      stdout: `${token}\n`,
      stderr:
        'warning: the access token goes to stdout in the clear, and that is recorded; keep it out of logs. --yes leaves this warning out.\n',
    });
    const quiet = await quick(['token', line.id, '--yes', '--json']);
    expect(quiet.stderr).toBe('');
    expect(JSON.parse(quiet.stdout)).toEqual({
      outcome: 'success',
      accessToken: token,
      tokenType: 'permanent',
      obtainedAt: expect.any(String),
      error: null,
    });

    const question = 'Go on? [y/N]: ';
    const refused = await runInTerminal(['authorizations', 'token', line.id], {
      env,
      answers: [[question, 'n\r']],
    });
    expect(refused.status).toBe(2);
    expect(refused.screen).not.toContain(token);
    const shown = await runInTerminal(['authorizations', 'token', line.id], {
      env,
      answers: [[question, 'y\r']],
    });
    expect(shown.status).toBe(0);
    expect(shown.screen).toContain(`\n${token}\n`);
  });
});

describe('zhimaper authorizations refresh', () => {
  it('replaces the pair', async () => {
    const { line } = await apply(applicationJson(40));
    const old = stack.sandbox.ledger().tokens.at(-1)?.accessToken;
    const run = await cli(['refresh', line.id, '--json']);
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      outcome: 'success',
      replayed: false,
      id: line.id,
    });
    const { stdout } = await quick(['token', line.id, '--yes']);
    expect(stdout).toBe(`${stack.sandbox.ledger().tokens.at(-1)?.accessToken ?? ''}\n`);
    expect(stdout).not.toBe(`${old ?? ''}\n`);
  });
});

describe('zhimaper authorizations resolve', () => {
  it('decides what nobody knew, once', async () => {
    const { line } = await apply(applicationJson(50, { mobile: '13800000006' }));
    const { authorizationId: id } = line['error'] as { authorizationId: string };
    const args = ['resolve', id, '--outcome', 'rejected', '--note', 'Ticket 4711.', '--json'];
    const run = await cli(args);
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      outcome: 'success',
      id,
      status: 'rejected',
      resolution: { outcome: 'rejected', note: 'Ticket 4711.' },
    });
    const again = await quick(args);
    expect(again.status).toBe(5);
    expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: 'not-unknown' } });
    expect((await quick(['get', id, '--watch'])).status).toBe(1);
  });

  it('needs to know how that is known', async () => {
    const run = await quick(['resolve', stack.authorization.id, '--outcome', 'rejected']);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('error: --note is missing.');
  });
});

describe('zhimaper authorizations erase', () => {
  it('erases one, once it is confirmed', async () => {
    const { line } = await apply(applicationJson(60));
    const unconfirmed = await quick(['erase', line.id]);
    expect(unconfirmed.status).toBe(2);
    const args = ['authorizations', 'erase', line.id];
    const wrong = await runInTerminal(args, { env, answers: [['to go on: ', 'y\r']] });
    expect(wrong.status).toBe(2);
    expect((await quick(['get', line.id])).status).toBe(0);
    const typed = await runInTerminal(args, { env, answers: [['to go on: ', 'erase\r']] });
    expect(typed.status).toBe(0);
    const gone = await quick(['get', line.id, '--json']);
    expect(gone.status).toBe(5);
    expect(JSON.parse(gone.stdout)).toMatchObject({ error: { code: 'authorization-erased' } });
  });

  it('erases a person by a number that never stood on the command line', async () => {
    const { line } = await apply(applicationJson(61));
    const run = await cli(['erase', '--person', '--input', '-', '--yes', '--json'], {
      stdin: '330701199001010061\n',
    });
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toEqual({
      outcome: 'success',
      id: null,
      erased: 1,
      lines: 0,
      inFlight: 0,
      error: null,
    });
    expect((await quick(['get', line.id])).status).toBe(5);
  });

  it.each([[[]], [['0193579b-df00-7000-8000-000000000001', '--person']]])(
    'wants one thing to erase: %j',
    async (args) => {
      expect((await quick(['erase', ...args, '--yes'])).status).toBe(2);
    },
  );
});
