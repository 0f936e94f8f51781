import { createCipheriv, createDecipheriv } from 'node:crypto';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';

import { createGatewaySandbox, type GatewaySandbox } from '../src/index.js';
import { call, callAndOpen, NOW, open, PERSON, type CallOptions } from './support/signed-call.js';

const KEY = 'MDEyMzQ1Njc4OWFiY2RlZg==';
const IV = Buffer.alloc(16);

let sandbox: GatewaySandbox;
beforeAll(async () => {
  sandbox = await createGatewaySandbox({ clock: () => NOW, encryptKey: KEY });
});
afterEach(() => {
  sandbox.reset();
});
afterAll(() => sandbox.close());

function encrypt(text: string, charset = 'utf-8', key = KEY): string {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(key, 'base64'), IV);
  const bytes = iconv.encode(text, charset);
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64');
}

function decrypt(text: string, charset = 'utf-8'): unknown {
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(KEY, 'base64'), IV);
  const bytes = Buffer.concat([decipher.update(text, 'base64'), decipher.final()]);
  return JSON.parse(iconv.decode(bytes, charset));
}

const encrypted = (bizContent: string, options: CallOptions = {}): CallOptions => ({
  ...options,
  bizContent,
  change: { encrypt_type: 'AES' },
});

describe('encrypted content', () => {
  it.each(['utf-8', 'GBK'])(
    'in %s is read, and the answer encrypted and signed in quotes',
    async (charset) => {
      const content = encrypt(JSON.stringify(PERSON), charset);
      const answer = await callAndOpen(sandbox, encrypted(content, { charset }));
      const { requests, tokens } = sandbox.ledger();

      expect(answer.verified).toBe(true);
      expect(decrypt(answer.encrypted!, charset)).toEqual({
        msg: 'Success',
        access_token: tokens[0]!.accessToken,
        refresh_token: tokens[0]!.refreshToken,
        auth_token_type: 'permanent',
        code: '10000',
      });
      expect(requests.map((one) => [one.name, one.encrypted])).toEqual([['张三', true]]);
    },
  );

  it('has its errors in clear', async () => {
    const person = { ...PERSON, mobile: '13800000005' };
    const { member, verified } = await callAndOpen(
      sandbox,
      encrypted(encrypt(JSON.stringify(person))),
    );
    expect([member['sub_code'], verified]).toEqual(['NO_USER_ERROR', true]);
  });

  it.each([
    ['another key', encrypt(JSON.stringify(PERSON), 'utf-8', 'YWFhYWFhYWFhYWFhYWFhYQ==')],
    ['no encryption', JSON.stringify(PERSON)],
    ['another text than JSON inside', encrypt('cert_no=1')],
  ])('with %s is refused, once the signature is right', async (_, content) => {
    const { member, verified } = await callAndOpen(sandbox, encrypted(content));
    expect([member['code'], member['sub_code'], member['sub_msg'], verified]).toEqual([
      '40002',
      'isv.decryption-error-unknown',
      '解密出错，未知异常',
      true,
    ]);
    const forged = { ...encrypted(content), forge: { timestamp: '2026-11-24 16:00:01' } };
    const { member: unsigned } = await callAndOpen(sandbox, forged);
    expect(unsigned['sub_code']).toBe('isv.invalid-signature');
    expect(sandbox.ledger().tokens).toEqual([]);
  });

  it('lacks a field as content in clear does', async () => {
    const { member } = await callAndOpen(sandbox, encrypted(encrypt('{}')));
    expect(member['sub_code']).toBe('CERT_NO_IS_NULL');
    const { member: empty } = await callAndOpen(sandbox, encrypted(''));
    expect(empty['sub_code']).toBe('CERT_NO_IS_NULL');
  });

  it('in clear still goes in clear both ways', async () => {
    const { member, verified } = await callAndOpen(sandbox);
    expect([member['code'], verified]).toEqual(['10000', true]);
  });

  it('is not what was signed where a scenario tampers with it', async () => {
    sandbox.addScenario({ match: { mobile: PERSON.mobile }, then: { tamper: true } });
    const { verified } = await callAndOpen(sandbox, encrypted(encrypt(JSON.stringify(PERSON))));
    expect(verified).toBe(false);
    expect(sandbox.ledger().tokens).toHaveLength(1);
  });

  it('is signed without the escapes of its slashes', async () => {
    sandbox.addScenario({ then: { escapeSlashes: true } });
    const answer = await call(sandbox, encrypted(encrypt(JSON.stringify(PERSON))));
    const text = answer.body.toString();
    expect(/_response":"([^"]*)"/.exec(text)![1]).not.toMatch(/(?<!\\)\//);
    const body = Buffer.from(text.replaceAll('\\/', '/'));
    const { verified, encrypted: content } = open({ ...answer, body }, sandbox);
    expect(verified).toBe(true);
    expect(decrypt(content!)).toMatchObject({
      doc_link: 'https://opendocs.alipay.com/common/02km9f',
    });
  });

  it('stands behind its signature where a scenario asks for it', async () => {
    sandbox.addScenario({ then: { signFirst: true } });
    const { body } = await call(sandbox, encrypted(encrypt(JSON.stringify(PERSON))));
    expect(body.toString()).toMatch(/^\{"sign":"[^"]+","[a-z_]+":"[A-Za-z0-9+/=]+"\}$/);
  });

  it('refuses a key that cannot be one', async () => {
    await expect(createGatewaySandbox({ keys: sandbox.keys, encryptKey: 'MDEy' })).rejects.toThrow(
      new TypeError('The content key has to be the base64 of 16, 24 or 32 bytes.'),
    );
  });
});
