import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createGatewaySandbox, type GatewaySandbox } from '../src/index.js';
import { FIXED_MOBILES } from '../src/methods/fixed-mobiles.js';
import { callAndOpen, NOW, PERSON } from './support/signed-call.js';

let sandbox: GatewaySandbox;
beforeAll(async () => {
  sandbox = await createGatewaySandbox({ clock: () => NOW });
});
afterAll(() => sandbox.close());

const ask = (mobile: string) => callAndOpen(sandbox, { bizContent: { ...PERSON, mobile } });

describe('a fixed mobile', () => {
  it.each([
    ['13800000001', '40004', 'CERT_NO_IS_NULL'],
    ['13800000002', '40004', 'CERT_TYPE_IS_NULL'],
    ['13800000003', '40004', 'NAME_IS_NULL'],
    ['13800000004', '40004', 'MOBILE_IS_NULL'],
    ['13800000005', '40004', 'NO_USER_ERROR'],
    ['13800000006', '40004', 'SYSTEM_ERROR'],
    ['13800002000', '20000', 'isp.unknow-error'],
    ['13800002001', '20001', 'aop.invalid-auth-token'],
    ['13800002002', '20000', 'aop.ACQ.SYSTEM_ERROR'],
    ['13800004001', '40001', 'isv.missing-default-signature-type'],
    ['13800004002', '40002', 'isv.invalid-parameter'],
    ['13800004003', '40003', 'isv.not-online-app'],
    ['13800004004', '40004', 'SANDBOX_UNLISTED'],
    ['13800004005', '40005', 'isv.app-call-limited'],
    ['13800004006', '40006', 'isv.insufficient-isv-permissions'],
    ['13800004013', '40003', 'isv.missing-signature-config'],
    ['13800005000', '50000', undefined],
  ])('%s gives %s %s and no tokens', async (mobile, code, subCode) => {
    sandbox.reset();
    const { member } = await ask(mobile);
    expect([member['code'], member['sub_code']]).toEqual([code, subCode]);
    const { requests, tokens } = sandbox.ledger();
    expect([requests[0]!.verdict, requests[0]!.outcome]).toEqual(['accepted', subCode ?? code]);
    expect(tokens).toEqual([]);
  });

  it('gives a permission error in error_response with a link, an app without keys no signature', async () => {
    expect(await ask('13800004006')).toEqual({
      memberName: 'error_response',
      member: {
        msg: 'Insufficient Permissions',
        code: '40006',
        sub_msg: 'ISV权限不足，解决方案：https://open.alipay.com/api/errCheck?source=openapi',
        sub_code: 'isv.insufficient-isv-permissions',
      },
      verified: true,
    });
    expect((await ask('13800004013')).verified).toBeNull();
  });

  it('gives a success without tokens, or with tokens that expire', async () => {
    sandbox.reset();
    const bare = await ask('13800001000');
    expect([bare.member, bare.verified]).toEqual([{ msg: 'Success', code: '10000' }, true]);
    expect(sandbox.ledger().tokens).toEqual([]);

    const expiring = await ask('13800001001');
    const [pair] = sandbox.ledger().tokens;
    expect(expiring.member).toEqual({
      msg: 'Success',
      access_token: pair!.accessToken,
      refresh_token: pair!.refreshToken,
      code: '10000',
    });
  });

  it('stands in the README with its code, and no other does', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| `(1380000\d{4})` +\| (.+?) +\| (.+?) +\|/gm)].map(
      ([, mobile = '', code, subCode]) => [mobile, code, subCode],
    );
    const actual = [...FIXED_MOBILES].map(([mobile, answer]) =>
      answer.kind === 'error'
        ? [
            mobile,
            answer.error.code,
            answer.error.subCode === null ? 'none' : `\`${answer.error.subCode}\``,
          ]
        : [mobile, '10000', 'none'],
    );
    expect(rows).toEqual(actual);
  });
});
