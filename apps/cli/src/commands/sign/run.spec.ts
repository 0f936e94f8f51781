import { generateKeyPairSync, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { capture } from '../../../test/support/capture.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

let folder: string;
let keyFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhimaper-cli-'));
  keyFile = join(folder, 'key.pem');
  await writeFile(keyFile, PEM);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Signed {
  stringToSign: string;
  signature: string;
}

describe('zhimaper sign', () => {
  it('prints exactly string to sign, signature, sign type and charset', async () => {
    const run = await capture(
      ['sign', '--json', '--private-key-file', keyFile, '--input', '-', '--param', 'a=2'],
      { stdin: '{"b":"张三","a":"1","empty":"","sign":"old"}' },
    );
    const { signature } = JSON.parse(run.stdout) as Signed;
    expect(run.stdout).toBe(
      `{"stringToSign":"a=2&b=张三","signature":"${signature}","signType":"RSA2","charset":"utf-8"}\n`,
    );
    const bytes = Buffer.from(signature, 'base64');
    expect(verify('sha256', Buffer.from('a=2&b=张三'), publicKey, bytes)).toBe(true);
    expect(run).toMatchObject({ status: 0, stderr: '' });
  });

  it("goes by the parameters' own sign type and charset", async () => {
    const run = await capture(['sign', '--json', '--input', '-'], {
      stdin: '{"b":"张","charset":"GBK","sign_type":"RSA"}',
      env: { ALIPAY_APP_PRIVATE_KEY: PEM, ALIPAY_CHARSET: 'utf-8' },
    });
    const { signature, stringToSign } = JSON.parse(run.stdout) as Signed;
    expect(stringToSign).toBe('b=张&charset=GBK&sign_type=RSA');
    const signed = Buffer.concat([
      Buffer.from('b='),
      Uint8Array.of(0xd5, 0xc5),
      Buffer.from('&charset=GBK&sign_type=RSA'),
    ]);
    expect(verify('sha1', signed, publicKey, Buffer.from(signature, 'base64'))).toBe(true);
    expect(run.stdout).toContain('"signType":"RSA","charset":"gbk"}');
  });

  it('aligns its lines for people', async () => {
    const run = await capture(['sign', '--private-key-file', keyFile, '--param', 'a=1'], {
      isTTY: true,
      env: { NO_COLOR: '1' },
    });
    expect(run.stdout).toMatch(
      /^string to sign {2}a=1\nsignature {7}[\w+/]{342}==\nsign type {7}RSA2\ncharset {9}utf-8\n$/,
    );
  });

  it.each([
    [['--param', 'sign=x'], 2, 'There is nothing to sign.'],
    [
      ['--param', 'sign_type=RSA', '--sign-type', 'RSA2'],
      2,
      '--sign-type contradicts the parameter',
    ],
    [['--param', 'a=1', '--charset', 'latin1'], 2, '--charset: '],
    [['--param', 'a=1', '--private-key-file', 'absent.pem'], 78, '--private-key-file names a file'],
  ])('ends %j with %i', async (args, status, message) => {
    const run = await capture(['sign', '--json', ...args], {
      env: { ALIPAY_APP_PRIVATE_KEY: PEM },
    });
    expect(run.stderr).toContain(message);
    expect(run.stdout).toBe(
      '{"stringToSign":null,"signature":null,"signType":null,"charset":null}\n',
    );
    expect(run.status).toBe(status);
  });

  it('needs a key', async () => {
    const run = await capture(['sign', '--param', 'a=1']);
    expect(run.status).toBe(78);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain(
      'ALIPAY_APP_PRIVATE_KEY or ALIPAY_APP_PRIVATE_KEY_FILE must be set',
    );
  });

  it('warns of personal data on the command line', async () => {
    const run = await capture([
      'sign',
      '--private-key-file',
      keyFile,
      '--param',
      'mobile=13588111111',
    ]);
    expect(run.stderr).toContain('warning: personal data or a secret stands on the command line');
  });
});
