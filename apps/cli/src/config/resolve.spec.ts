import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeContext } from '../../test/support/fake-context.js';
import { resolveSettings, withSettings } from './resolve.js';
import { GATEWAY_SETTINGS } from './settings.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhimaper-config-'));
  await mkdir(join(folder, 'zhimaper'));
  const profiles = {
    live: { charset: 'gbk', 'app-id': '2021', 'private-key-file': '/keys/app.pem' },
    test: { charset: 'utf-8' },
  };
  await writeFile(
    join(folder, 'zhimaper', 'config.json'),
    JSON.stringify({ version: 1, current: 'live', profiles }),
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function settingsOf(env: Record<string, string>, options: Record<string, string> = {}) {
  const { context } = fakeContext({ env: { XDG_CONFIG_HOME: folder, ...env } });
  return withSettings(context, options, GATEWAY_SETTINGS);
}

describe('resolveSettings', () => {
  it('lets a flag win over the environment, and that over the profile', () => {
    const resolved = resolveSettings({
      flags: { charset: 'gb18030' },
      env: { ALIPAY_CHARSET: 'gbk', ALIPAY_SIGN_TYPE: 'RSA', ALIPAY_PUBLIC_KEY: 'MII' },
      profile: { charset: 'utf-8', 'sign-type': 'RSA2', 'public-key-file': '/k', 'app-id': '1' },
    });
    expect(resolved.map(({ setting, source, value }) => [setting.name, source, value])).toEqual([
      ['app-id', 'profile', '1'],
      ['public-key-file', 'environment', null],
      ['sign-type', 'environment', 'RSA'],
      ['charset', 'flag', 'gb18030'],
    ]);
  });
});

describe('withSettings', () => {
  it("puts the current profile's settings into the environment", async () => {
    const { env, settingNames } = await settingsOf({});
    expect(env).toMatchObject({
      ALIPAY_CHARSET: 'gbk',
      ALIPAY_APP_ID: '2021',
      ALIPAY_APP_PRIVATE_KEY_FILE: '/keys/app.pem',
    });
    expect(settingNames?.get('ALIPAY_CHARSET')).toBe('charset of the profile live');
  });

  it("keeps the environment's own key where the profile names a file", async () => {
    const { env } = await settingsOf({ ALIPAY_APP_PRIVATE_KEY: 'MII' });
    expect(env['ALIPAY_APP_PRIVATE_KEY']).toBe('MII');
    expect(env['ALIPAY_APP_PRIVATE_KEY_FILE']).toBeUndefined();
  });

  it("takes a flag's file instead of the environment's own key", async () => {
    const { env, settingNames } = await settingsOf(
      { ALIPAY_APP_PRIVATE_KEY: 'MII' },
      { privateKeyFile: '/other.pem' },
    );
    expect(env['ALIPAY_APP_PRIVATE_KEY']).toBeUndefined();
    expect(env['ALIPAY_APP_PRIVATE_KEY_FILE']).toBe('/other.pem');
    expect(settingNames?.get('ALIPAY_APP_PRIVATE_KEY_FILE')).toBe('--private-key-file');
  });

  it.each([
    ['--profile', {}, { profile: 'test' }],
    ['ZHIMAPER_PROFILE', { ZHIMAPER_PROFILE: 'test' }, {}],
  ])('goes by %s', async (_what, env, options) => {
    expect((await settingsOf(env, options)).env).toMatchObject({ ALIPAY_CHARSET: 'utf-8' });
  });

  it('refuses a profile that does not exist', async () => {
    await expect(settingsOf({}, { profile: 'tset' })).rejects.toMatchObject({
      outcome: 'caller-config',
      message: 'There is no profile tset.',
      nextStep: 'Known are: live, test. Make one with zhimaper config set --profile NAME.',
    });
  });
});
