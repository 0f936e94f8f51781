import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { LocalStack } from '@zhimaper/local-stack';
import { runCli, type EndedRun } from './support/built-cli.js';
import { startTestStack } from './support/stack.js';
import { runInTerminal } from './support/terminal.js';

jest.setTimeout(120_000);

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const NOBODY = '019302b7-0000-7000-8000-000000000001';

let stack: LocalStack;
let env: Record<string, string>;

beforeAll(async () => {
  ({ stack, env } = await startTestStack());
});
afterAll(() => stack.stop());

function cli(...args: string[]): Promise<EndedRun> {
  return runCli(args, { env });
}

const parse = (text: string) => JSON.parse(text) as Record<string, unknown> & { id: string };
const parseLines = (text: string) => text.trimEnd().split('\n').map(parse);

describe('zhimaper api-keys', () => {
  it('makes a key that works for what it may do, and shows it alone on stdout', async () => {
    const scopes = 'authorizations:read,audit:read';
    const made = await cli(
      'api-keys',
      'create',
      '--name',
      'crm',
      '--client',
      'crm',
      '--scopes',
      scopes,
    );
    expect(made.status).toBe(0);
    expect(made.stdout).toMatch(/^zma_\S+\n$/);
    const id = /^Made the key (\S+) of the client crm; it is shown this once\.\n$/.exec(
      made.stderr,
    )?.[1];
    expect(id).toMatch(UUID);

    const asCrm = { env: { ...env, ZHIMAPER_API_KEY: made.stdout.trim() } };
    expect((await runCli(['authorizations', 'list'], asCrm)).status).toBe(0);
    // Another caller's records do not exist for it.
    const foreign = await runCli(['authorizations', 'get', stack.authorization.id], asCrm);
    expect(foreign.status).toBe(5);
    const refused = await runCli(['api-keys', 'list', '--json'], asCrm);
    expect(refused.status).toBe(4);
    expect(parse(refused.stdout)).toMatchObject({
      id: null,
      error: { outcome: 'not-allowed', code: 'insufficient-scope' },
    });

    const completed = await cli('__complete', '--', 'api-keys', 'revoke', id ?? '');
    expect(completed.stdout).toBe(`${id}\tcrm, crm\n`);
    const revoked = await cli('api-keys', 'revoke', id ?? '', '--json');
    expect(revoked.status).toBe(0);
    expect(parse(revoked.stdout)).toEqual({ outcome: 'success', id, error: null });
    expect((await runCli(['authorizations', 'list'], asCrm)).status).toBe(4);
  });

  it('prints a new key as JSON, with when it ends', async () => {
    const before = Date.now();
    const made = await cli(
      ...['api-keys', 'create', '--name', 'short', '--client', 'jobs', '--scopes', 'audit:read'],
      ...['--expires-in', '12h', '--json'],
    );
    expect(made.status).toBe(0);
    const line = parse(made.stdout);
    expect(line).toEqual({
      outcome: 'success',
      id: expect.stringMatching(UUID),
      name: 'short',
      clientId: expect.stringMatching(UUID),
      clientName: 'jobs',
      displayPrefix: expect.stringMatching(/^zma_/),
      scopes: ['audit:read'],
      expiresAt: expect.any(String),
      lastUsedAt: null,
      revokedAt: null,
      createdAt: expect.any(String),
      key: expect.stringMatching(/^zma_/),
      error: null,
    });
    const lifetime = Date.parse(String(line['expiresAt'])) - before;
    expect(lifetime).toBeGreaterThanOrEqual(12 * 3_600_000);
    expect(lifetime).toBeLessThan(12 * 3_600_000 + 60_000);

    // The same client by its id.
    const { clientId } = line;
    const sibling = await cli(
      ...['api-keys', 'create', '--name', 'two', '--scopes', 'audit:read', '--json'],
      ...['--client', String(clientId)],
    );
    expect(parse(sibling.stdout)).toMatchObject({ clientName: 'jobs', clientId });
  });

  it('lists keys without showing one', async () => {
    const made = await cli('api-keys', 'create', '--name', 'listed', '--scopes', 'audit:read');
    const json = await cli('api-keys', 'list', '--all', '--limit', '1', '--json');
    expect(json.status).toBe(0);
    const lines = parseLines(json.stdout);
    expect(lines[0]).toMatchObject({ name: 'listed', clientName: 'listed', error: null });
    expect(lines.map(({ name }) => name)).toContain('local-stack');
    expect(json.stdout).not.toContain(made.stdout.trim());

    const plain = await cli('api-keys', 'list', '--limit', '1');
    const [id, ...rest] = plain.stdout.trimEnd().split('\t');
    expect(id).toBe(lines[0]?.id);
    const prefix = `${String(lines[0]?.['displayPrefix'])}…`;
    expect(rest).toEqual(['listed', 'listed', prefix, 'active', '-', '-', 'audit:read']);

    const { screen } = await runInTerminal(['api-keys', 'list'], { env, columns: 200 });
    expect(screen).toMatch(/^ID +NAME +CLIENT +KEY +STATE +EXPIRES +LAST USED +SCOPES\n/);
  });

  it.each([
    [['create', '--name', 'x', '--scopes', 'everything'], 2],
    [['create', '--name', 'x', '--scopes', 'admin', '--expires-in', 'soon'], 2],
    [['create', '--scopes', 'admin'], 2],
    [['revoke', NOBODY], 5],
  ])('ends %j with %d', async (args, status) => {
    const run = await cli('api-keys', ...args, '--json');
    expect(run.status).toBe(status);
    expect(parse(run.stdout)).toMatchObject({ id: null, error: { nextStep: expect.any(String) } });
  });

  it('tells where a key could not be written', async () => {
    const args = ['api-keys', 'create', '--name', 'lost', '--scopes', 'audit:read'];
    const { status, screen } = await runInTerminal(args, { env, stdoutTo: '/dev/full' });
    expect(screen).toMatch(
      /error: The key \S+ was made, but could not be written to stdout \(ENOSPC\)/,
    );
    expect(screen).toMatch(/next: {2}Revoke it: zhimaper api-keys revoke [\da-f-]{36}\./);
    expect(status).toBe(3);
  });
});

describe('zhimaper audit list', () => {
  it('lists what was done to an authorisation', async () => {
    const { id } = stack.authorization;
    const json = await cli('audit', 'list', '--authorization', id, '--json');
    expect(json.status).toBe(0);
    const events = parseLines(json.stdout);
    expect(events.map(({ action }) => action)).toEqual([
      'authorization.settled',
      'authorization.applied',
    ]);
    expect(Object.keys(events[0] ?? {})).toEqual([
      ...['id', 'at', 'action', 'actor', 'apiKeyId', 'clientId', 'authorizationId', 'requestId'],
      ...['outcomeClass', 'subCode', 'details', 'error'],
    ]);

    const plain = await cli('audit', 'list', '--authorization', id, '--limit', '1', '--utc');
    const at = `${String(events[0]?.['at']).slice(0, 19).replace('T', ' ')}Z`;
    expect(plain.stdout).toBe(
      `${[at, 'authorization.settled', 'api-key', events[0]?.['apiKeyId'], id, 'success', '-'].join('\t')}\n`,
    );
    expect(plain.stderr).toMatch(/^More follow: add --all, or --cursor \S+\n$/);
  });

  it('takes times, and keeps to them', async () => {
    const none = await cli('audit', 'list', '--to', '2020-01-01');
    expect(none).toEqual({ status: 0, stdout: '', stderr: 'No event matches.\n' });
    const all = await cli('audit', 'list', '--from', '2020-01-01', '--all', '--json');
    expect(parseLines(all.stdout).length).toBeGreaterThan(1);
    expect((await cli('audit', 'list', '--from', 'yesterday')).status).toBe(2);
  });

  it('is a table on a terminal', async () => {
    const wide = await runInTerminal(['audit', 'list'], { env, columns: 200 });
    expect(wide.screen).toMatch(/^AT +ACTION +ACTOR +API KEY +AUTHORISATION +OUTCOME +SUB-CODE\n/);
    expect(wide.status).toBe(0);
    const narrow = await runInTerminal(['audit', 'list'], { env, columns: 80 });
    expect(narrow.screen).toMatch(/^AT +ACTION +ACTOR +OUTCOME +SUB-CODE\n/);
    expect(narrow.screen).toContain(
      '\nToo narrow for API KEY, AUTHORISATION; --json has everything.\n',
    );
  });
});

describe('zhimaper audit verify', () => {
  it('finds a whole trail whole', async () => {
    const run = await cli('audit', 'verify', '--json');
    expect(run.status).toBe(0);
    expect(parse(run.stdout)).toMatchObject({
      outcome: 'success',
      verified: true,
      faults: 0,
      firstFault: null,
      error: null,
    });
  });

  it('ends with 1 where what was noted earlier is not there', async () => {
    const anchor = `999:${'0'.repeat(64)}`;
    const json = await cli('audit', 'verify', '--anchor', anchor, '--json');
    expect(json.status).toBe(1);
    expect(parse(json.stdout)).toMatchObject({
      outcome: 'not-verified',
      verified: false,
      firstFault: { kind: 'anchor-missing', seal: 999 },
    });
    const plain = await cli('audit', 'verify', '--anchor', anchor);
    expect(plain.stdout).toMatch(/^verified\tno\nevents\t\d+\n/);
    expect(plain.stdout).toContain('\nfirst fault\tanchor-missing, seal 999, event -\n');
    expect(plain.stderr).toMatch(/^error: The audit trail is not what was written\.\n/);
  });

  it('refuses an anchor that is none', async () => {
    expect((await cli('audit', 'verify', '--anchor', '2')).status).toBe(2);
  });
});
