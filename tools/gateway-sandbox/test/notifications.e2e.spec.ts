import { verify, X509Certificate } from 'node:crypto';
import { createServer, type Server } from 'node:http';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';

import { createGatewaySandbox, type GatewaySandbox, type Notification } from '../src/index.js';
import { exchangeJson } from './support/http.js';
import { snByOpenssl } from './support/openssl.js';
import { call, NOW } from './support/signed-call.js';

let sandbox: GatewaySandbox;
let receiver: Server;
let url: string;
let received: { contentType: string | undefined; body: string }[] = [];
let answer = { status: 200, body: 'success' };
let silent = false;
beforeAll(async () => {
  sandbox = await createGatewaySandbox({ clock: () => NOW });
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
    request.on('end', () => {
      received.push({ contentType: request.headers['content-type'], body });
      if (!silent) response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as { port: number };
  url = `http://127.0.0.1:${port}/notify`;
});
afterEach(() => {
  received = [];
  answer = { status: 200, body: 'success' };
  silent = false;
  sandbox.reset();
});
afterAll(async () => {
  await sandbox.close();
  receiver.closeAllConnections();
  receiver.close();
});

const notify = (notification: Partial<Notification> = {}) =>
  exchangeJson(`${sandbox.url}/_sandbox/notifications`, 'POST', {
    url,
    version: 'V2',
    ...notification,
  });

/** The form that arrived, decoded once, by code of its own. */
function decoded(charset = 'utf-8'): Record<string, string> {
  const text = (raw: string) => {
    const latin1 = raw
      .replaceAll('+', ' ')
      .replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return iconv.decode(Buffer.from(latin1, 'latin1'), charset);
  };
  return Object.fromEntries(
    received[0]!.body.split('&').map((pair) => pair.split('=', 2).map(text) as [string, string]),
  );
}

/** Whether `sign` is over the string that remains without those names and without empty values. */
function isSigned(
  params: Record<string, string>,
  without: string[],
  { charset = 'utf-8', digest = 'sha256', key = sandbox.keys.alipayPublicKey } = {},
): boolean {
  const text = Object.keys(params)
    .filter((name) => !without.includes(name) && params[name] !== '')
    .sort()
    .map((name) => `${name}=${params[name]}`)
    .join('&');
  return verify(digest, iconv.encode(text, charset), key, Buffer.from(params['sign']!, 'base64'));
}

const V1 = ['sign', 'sign_type'];
const V2 = ['sign'];

describe('/_sandbox/notifications', () => {
  it('sends the usual parameters and says what the receiver said', async () => {
    const { status, json } = await notify();
    const params = decoded();
    expect(params).toEqual({
      notify_id: params['notify_id'],
      notify_time: '2026-11-24 16:00:00',
      app_id: '2021000000000001',
      charset: 'utf-8',
      version: '1.0',
      sign_type: 'RSA2',
      sign: params['sign'],
    });
    expect(params['notify_id']).toMatch(/^[0-9a-f]{32}$/);
    expect(received[0]!.contentType).toBe('application/x-www-form-urlencoded; charset=utf-8');
    expect([status, json]).toEqual([
      200,
      { delivered: true, status: 200, body: 'success', acknowledged: true, params },
    ]);
    expect([isSigned(params, V2), isSigned(params, V1)]).toEqual([true, false]);
  });

  it.each([
    ['V1', 'RSA2', 'utf-8'],
    ['V2', 'RSA2', 'utf-8'],
    ['V1', 'RSA', 'GBK'],
    ['V2', 'RSA', 'GBK'],
  ] as const)('signs %s with %s in %s', async (version, signType, charset) => {
    const own = { name: '张三', percent: '100% +&=', empty: '' };
    await notify({ version, signType, charset, params: own });
    const params = decoded(charset);
    expect(params).toMatchObject({ ...own, charset, sign_type: signType });
    const options = { charset, digest: signType === 'RSA' ? 'sha1' : 'sha256' };
    expect([isSigned(params, V1, options), isSigned(params, V2, options)]).toEqual([
      version === 'V1',
      version === 'V2',
    ]);
    expect(received[0]!.body).toContain(
      charset === 'GBK' ? 'name=%D5%C5%C8%FD&' : 'name=%E5%BC%A0%E4%B8%89&',
    );
    expect(received[0]!.body).toContain('percent=100%25+%2B%26%3D&empty=&');
  });

  it('signs by the current certificate where it is asked to', async () => {
    const { alipayCert } = await sandbox.rotateCertificate();
    await notify({ certificate: true });
    const params = decoded();
    expect(params['alipay_cert_sn']).toBe(await snByOpenssl(alipayCert));
    const key = new X509Certificate(alipayCert).publicKey.export({ type: 'spki', format: 'pem' });
    expect(isSigned(params, [...V2, 'alipay_cert_sn'], { key: key.toString() })).toBe(true);
  });

  it.each(['tamper', 'wrongKey'] as const)('spoils the signature by %s', async (fault) => {
    await notify({ [fault]: true });
    expect(isSigned(decoded(), V2)).toBe(false);
  });

  it('leaves sign out where it is asked to', async () => {
    await notify({ unsigned: true });
    expect(decoded()).not.toHaveProperty('sign');
  });

  it.each([
    [200, 'fail', false],
    [500, 'success', false],
    [302, '', false],
    [200, ' success\n', true],
  ])('reads the answer %s "%s"', async (status, body, acknowledged) => {
    answer = { status, body };
    expect((await notify()).json).toMatchObject({ delivered: true, status, body, acknowledged });
    expect(received).toHaveLength(1);
  });

  it('cuts a long answer short', async () => {
    answer = { status: 200, body: 'x'.repeat(100_000) };
    expect((await notify()).json).toMatchObject({ body: 'x'.repeat(1000), acknowledged: false });
  });

  it('does not wait for ever', async () => {
    silent = true;
    expect((await notify({ timeoutMs: 50 })).json).toMatchObject({
      delivered: false,
      reason: 'no whole answer within 50 ms',
    });
  });

  it('says where nobody listens', async () => {
    const nobody = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const { port } = nobody.address() as { port: number };
    await new Promise((resolve) => nobody.close(resolve));
    const result = await sandbox.notify({ url: `http://127.0.0.1:${port}/`, version: 'V1' });
    expect(result).toMatchObject({ delivered: false, reason: 'ECONNREFUSED' });
  });

  it('refuses every other machine', async () => {
    expect(await notify({ url: 'http://example.com/' })).toEqual({
      status: 400,
      json: {
        error:
          'The notification: "url" has to be an http address on 127.0.0.1, localhost or [::1].',
      },
    });
  });

  it('sends nothing unasked', async () => {
    await call(sandbox, { change: { notify_url: url } });
    expect(sandbox.ledger().tokens).toHaveLength(1);
    expect(received).toEqual([]);
  });
});
