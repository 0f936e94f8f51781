import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { capture } from '../../../test/support/capture.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const env = { ALIPAY_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
const ANSWER = ['verify', '--json', '--response', '-', '--method', 'alipay.trade.query'];

function signatureOf(content: string | Uint8Array): string {
  return sign('sha256', Buffer.from(content), privateKey).toString('base64');
}

function answer(member: string, signature = signatureOf(member)): string {
  return `{"alipay_trade_query_response": ${member},"sign":"${signature}"}`;
}

describe('zhimaper verify', () => {
  it.each([
    ['an answer', answer('{"code":"10000", "x":"/"}'), null, 0],
    ['escaped slashes', answer('{"x":"\\/a\\\\/"}', signatureOf('{"x":"/a\\\\/"}')), null, 0],
    ['a changed answer', answer('{"code":"10000"}', signatureOf('{}')), 'invalid-signature', 1],
    ['no signature', '{"alipay_trade_query_response":{}}', 'unsigned-answer', 1],
    ['no answer', '<html></html>', 'malformed-response', 1],
  ])('judges %s', async (_what, stdin, reason, status) => {
    const run = await capture(ANSWER, { stdin, env });
    expect(JSON.parse(run.stdout)).toMatchObject({
      verified: reason === null,
      reason,
      signType: 'RSA2',
      charset: 'utf-8',
    });
    expect(run.status).toBe(status);
  });

  it('verifies over the bytes of an answer in GBK', async () => {
    const member = Buffer.concat([
      Buffer.from('{"x":"'),
      Uint8Array.of(0xd5, 0x5c),
      Buffer.from('"}'),
    ]);
    const body = Buffer.concat([
      Buffer.from('{"alipay_trade_query_response":'),
      member,
      Buffer.from(`,"sign":"${signatureOf(member)}"}`),
    ]);
    const run = await capture([...ANSWER, '--charset', 'GBK'], { stdin: body, env });
    expect(run.stdout).toBe(
      '{"verified":true,"reason":null,"detail":"The signature is valid.","signType":"RSA2","charset":"gbk"}\n',
    );
  });

  it.each([
    ['a whole one', 'a=1&name=%E5%BC%A0&sign_type=RSA2', null, 0],
    ['a changed one', 'a=2&name=%E5%BC%A0&sign_type=RSA2', 'invalid-signature', 1],
    [
      'one of another charset',
      'a=1&name=%D5%C5&charset=x&sign_type=RSA2',
      'unsupported-charset',
      1,
    ],
  ])('judges a notification, %s', async (_what, form, reason, status) => {
    const sign = encodeURIComponent(signatureOf('a=1&name=张'));
    const run = await capture(['verify', '--notification', '-', '--json'], {
      stdin: `${form}&sign=${sign}`,
      // What requests are signed with says nothing of it.
      env: { ...env, ALIPAY_SIGN_TYPE: 'RSA', ALIPAY_CHARSET: 'gbk' },
    });
    expect(JSON.parse(run.stdout)).toMatchObject({ verified: reason === null, reason });
    expect(run.stdout).not.toContain('张');
    expect(run.status).toBe(status);
  });

  it('says what a notification was signed with', async () => {
    const sign = encodeURIComponent(signatureOf('a=1&sign_type=RSA2'));
    const run = await capture(['verify', '--notification', '-', '--json'], {
      stdin: `a=1&sign_type=RSA2&sign=${sign}`,
      env: { ...env, ALIPAY_SIGN_TYPE: 'RSA' },
    });
    expect(run.stdout).toBe(
      '{"verified":true,"reason":null,"detail":"The signature is valid (notification V2).","signType":"RSA2","charset":"utf-8"}\n',
    );
  });

  it('verifies a signature over given content', async () => {
    const args = ['verify', '--content', 'a=1&b=张', '--signature', signatureOf('a=1&b=张')];
    const run = await capture(args, { env });
    expect(run.stdout).toBe(
      'verified\tyes\nreason\t-\ndetail\tThe signature is valid.\nsign type\tRSA2\ncharset\tutf-8\n',
    );
    expect(run.status).toBe(0);
    expect((await capture(['verify', '--content', '@-', ...args.slice(3)], { env })).status).toBe(
      1,
    );
  });

  it.each([
    [['--response', '-']],
    [['--content', 'x']],
    [['--notification', '-', '--method', 'a.b']],
    [['--response', '-', '--method', 'a.b', '--signature', 'x']],
    [[]],
  ])('calls %j wrong usage', async (args) => {
    const run = await capture(['verify', '--json', ...args], { env });
    expect(run.stdout).toBe(
      '{"verified":null,"reason":"invalid-usage","detail":null,"signType":null,"charset":null}\n',
    );
    expect(run.status).toBe(2);
  });

  it('needs a key', async () => {
    expect((await capture(ANSWER, { stdin: answer('{}') })).status).toBe(78);
  });
});
