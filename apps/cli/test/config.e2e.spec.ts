import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { runCli } from './support/built-cli.js';
import { capture } from './support/capture.js';
import { useFolder } from './support/folder.js';

const at = useFolder();

function config(args: readonly string[], env: Record<string, string> = {}) {
  return capture(['config', ...args], { env: { XDG_CONFIG_HOME: at(), ...env } });
}

describe('zhimaper config', () => {
  it('keeps a setting in a profile for its owner alone, and uses it', async () => {
    const env = { XDG_CONFIG_HOME: at() };
    const set = await runCli(['config', 'set', 'charset', 'gbk', '--profile', 'test', '--json'], {
      env,
    });
    expect(set.stdout).toBe('{"profile":"test","name":"charset","value":"gbk"}\n');
    expect((await stat(at('zhimaper/config.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(at('zhimaper'))).mode & 0o777).toBe(0o700);
    expect(JSON.parse(await readFile(at('zhimaper/config.json'), 'utf8'))).toEqual({
      version: 1,
      current: 'default',
      profiles: { test: { charset: 'gbk' } },
    });
    const used = await runCli(['config', 'use', 'test'], { env });
    expect(used).toEqual({ status: 0, stdout: 'profile\ttest\n', stderr: '' });
    const dryRun = ['gateway', 'apply', '--dry-run', '--json', '--input', '-'];
    const stdin = '{"certNo":"330701199901011316","name":"张三","mobile":"13588111111"}';
    const shown = await runCli(dryRun, { env, stdin });
    expect(JSON.parse(shown.stdout)).toMatchObject({ charset: 'gbk' });
    const flagged = await runCli([...dryRun, '--charset', 'gb18030'], { env, stdin });
    expect(JSON.parse(flagged.stdout)).toMatchObject({ charset: 'gb18030' });
  });

  it('keeps paths as absolute ones', async () => {
    const run = await config(['set', 'private-key-file', 'no-such-key.pem', '--json']);
    expect(JSON.parse(run.stdout)).toMatchObject({ value: `${process.cwd()}/no-such-key.pem` });
    expect(run.stderr).toBe(`warning: ${process.cwd()}/no-such-key.pem cannot be read now.\n`);
  });

  it('takes a setting out again', async () => {
    await config(['set', 'app-id', '1']);
    await config(['set', 'sign-type', 'RSA']);
    const run = await config(['unset', 'app-id', '--json']);
    expect(run.stdout).toBe('{"profile":"default","name":"app-id","value":null}\n');
    expect((await config(['list'])).stdout).toBe('sign-type\tRSA\tprofile\n');
  });

  it('says where each setting comes from', async () => {
    await config(['set', 'charset', 'utf-8']);
    await config(['set', 'sign-type', 'RSA']);
    const run = await config(['list', '--explain', '--json', '--charset', 'gb18030'], {
      ALIPAY_CHARSET: 'gbk',
      ALIPAY_APP_PRIVATE_KEY: 'MIIsecret',
    });
    const rows = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string });
    expect(rows).toHaveLength(13);
    expect(rows.find(({ name }) => name === 'charset')).toEqual({
      name: 'charset',
      variable: 'ALIPAY_CHARSET',
      value: 'gb18030',
      source: 'flag',
      flag: 'gb18030',
      environment: 'gbk',
      profile: 'utf-8',
    });
    expect(rows.find(({ name }) => name === 'private-key-file')).toMatchObject({
      value: null,
      source: 'environment',
      environment: '(secret)',
    });
    expect(run.stdout + run.stderr).not.toContain('MIIsecret');
  });

  it('prints one setting alone', async () => {
    await config(['set', 'api-url', 'http://127.0.0.1:3000/']);
    expect((await config(['get', 'api-url'])).stdout).toBe('http://127.0.0.1:3000\n');
    const unset = await config(['get', 'app-id', '--json']);
    expect(unset.stdout).toBe('{"name":null,"value":null,"source":null}\n');
    expect(unset.status).toBe(5);
  });

  it.each([
    [['set', 'api-key', 'zma_secret'], 2, 'set api-key-file to its path.'],
    [['set', 'chraset', 'gbk'], 2, 'Did you mean charset?'],
    [['set', 'charset', 'latin1'], 2, 'charset is wrong: '],
    [['set', 'api-url', 'ftp://x'], 2, 'api-url is not an http or https URL'],
    [['set', 'timeout-ms', ''], 2, 'timeout-ms cannot be empty.'],
    [['set', 'app-id', '1', '--profile', 'a/b'], 2, 'A profile cannot have that name.'],
    [['use', 'nothing'], 78, 'There is no profile nothing.'],
  ])('refuses %j', async (args, status, message) => {
    const run = await config(args);
    expect(run.stderr).toContain(message);
    expect(run.stderr).not.toContain('zma_secret');
    expect(run).toMatchObject({ status, stdout: '' });
  });

  it('reads no file that it did not write', async () => {
    await mkdir(at('zhimaper'));
    await writeFile(at('zhimaper/config.json'), '{"version":2}');
    const run = await config(['list']);
    expect(run.stderr).toContain('config.json is no configuration of zhimaper.');
    expect(run.status).toBe(78);
  });
});
