import { verify } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';

import { createGatewaySandbox, type GatewaySandbox, type ScenarioAction } from '../src/index.js';
import { exchange } from './support/http.js';
import { APPLY, call, callAndOpen, NOW, open, PERSON } from './support/signed-call.js';

let sandbox: GatewaySandbox;
beforeAll(async () => {
  sandbox = await createGatewaySandbox({ clock: () => NOW });
});
afterEach(() => {
  sandbox.reset();
});
afterAll(() => sandbox.close());

const arrange = (then: ScenarioAction) => sandbox.addScenario({ then });

/** Verdict, outcome and fault of the requests so far, and how many pairs were issued. */
const judged = () => {
  const { requests, tokens } = sandbox.ledger();
  return [...requests.map((one) => [one.verdict, one.outcome, one.fault]), tokens.length];
};

async function errorCodeOf(failing: Promise<unknown>): Promise<unknown> {
  return failing.then(
    () => 'no error',
    (error: NodeJS.ErrnoException) => error.code,
  );
}

describe('a scenario with an error', () => {
  it.each<[ScenarioAction, string, Record<string, string>, boolean | null]>([
    [
      { subCode: 'NO_USER_ERROR' },
      'alipay_user_auth_zhimaper_inner_apply_response',
      {
        msg: 'Business Failed',
        code: '40004',
        sub_msg: '身份三要素不存在支付宝认证的个人会员',
        sub_code: 'NO_USER_ERROR',
      },
      true,
    ],
    [
      { subCode: 'isv.app-call-limited', errorResponse: true, subMsg: 'slow down' },
      'error_response',
      {
        msg: 'Call Limited',
        code: '40005',
        sub_msg: 'slow down',
        sub_code: 'isv.app-call-limited',
      },
      true,
    ],
    [
      { code: '20000' },
      'alipay_user_auth_zhimaper_inner_apply_response',
      { msg: 'Service Currently Unavailable', code: '20000' },
      true,
    ],
    [
      { subCode: 'isv.missing-signature-key' },
      'alipay_user_auth_zhimaper_inner_apply_response',
      {
        msg: 'Missing Required Arguments',
        code: '40001',
        sub_msg: '缺少签名配置',
        sub_code: 'isv.missing-signature-key',
      },
      null,
    ],
  ])('%j answers it and issues nothing', async (then, memberName, member, verified) => {
    arrange(then);
    expect(await callAndOpen(sandbox)).toEqual({ memberName, member, verified });
    const name = then.subCode ?? then.code;
    expect(judged()).toEqual([['accepted', name, null], 0]);
  });

  it('leaves a refused request refused', async () => {
    arrange({ subCode: 'NO_USER_ERROR' });
    const { member } = await callAndOpen(sandbox, { forge: { sign: 'QUJD' } });
    expect(member['sub_code']).toBe('isv.invalid-signature');
  });

  it('goes before a fixed mobile, while a mere fault leaves it its answer', async () => {
    const bizContent = { ...PERSON, mobile: '13800000005' };
    sandbox.addScenario({ times: 1, then: { subCode: 'SYSTEM_ERROR' } });
    sandbox.addScenario({ times: 1, then: { signFirst: true } });
    await call(sandbox, { bizContent });
    await call(sandbox, { bizContent });
    expect(judged()).toEqual([
      ['accepted', 'SYSTEM_ERROR', null],
      ['accepted', 'NO_USER_ERROR', 'signFirst'],
      0,
    ]);
  });

  it('takes only the requests that it is for, as often as it says', async () => {
    sandbox.addScenario({
      match: { method: APPLY, certNo: PERSON.cert_no, mobile: PERSON.mobile },
      times: 1,
      then: { subCode: 'SYSTEM_ERROR' },
    });
    await call(sandbox, { bizContent: { ...PERSON, mobile: '13900000000' } });
    await call(sandbox);
    await call(sandbox);
    expect(judged().slice(0, 3)).toEqual([
      ['accepted', 'success', null],
      ['accepted', 'SYSTEM_ERROR', null],
      ['accepted', 'success', null],
    ]);
  });
});

describe('a scenario with a fault of the connection', () => {
  it('delayMs: the pair is issued at once, the answer comes later', async () => {
    arrange({ delayMs: 400 });
    const started = performance.now();
    let answered = false;
    const answering = callAndOpen(sandbox).finally(() => (answered = true));
    while (sandbox.ledger().tokens.length === 0) await sleep(5);
    expect(answered).toBe(false);
    const { verified } = await answering;
    expect(performance.now() - started).toBeGreaterThanOrEqual(395);
    expect(verified).toBe(true);
    expect(judged()).toEqual([['accepted', 'success', 'delayMs'], 1]);
  });

  it('resetBefore: nothing is judged, nothing issued', async () => {
    arrange({ resetBefore: true, delayMs: 1 });
    expect(await errorCodeOf(call(sandbox))).toBe('ECONNRESET');
    expect(judged()).toEqual([['not-judged', 'resetBefore', 'delayMs+resetBefore'], 0]);
  });

  it('resetAfter: the pair is issued, the answer lost', async () => {
    arrange({ resetAfter: true });
    expect(await errorCodeOf(call(sandbox))).toBe('ECONNRESET');
    expect(judged()).toEqual([['accepted', 'resetAfter', 'resetAfter'], 1]);
  });

  it('truncate: half of the answer, or so many bytes', async () => {
    const whole = await call(sandbox);
    sandbox.reset();
    sandbox.addScenario({ times: 1, then: { truncate: true } });
    sandbox.addScenario({ then: { truncate: 20 } });

    const half = await call(sandbox);
    expect(half.body.length).toBe(Math.floor(whole.body.length / 2));
    expect((await call(sandbox)).body.toString()).toBe('{"alipay_user_auth_z');
    expect(judged()).toEqual([
      ['accepted', 'truncate', 'truncate'],
      ['accepted', 'truncate', 'truncate'],
      2,
    ]);
  });

  it.each<[ScenarioAction, number, string]>([
    [{ status: 502, html: '<html>nginx</html>' }, 502, '<html>nginx</html>'],
    [{ status: 503 }, 503, '<html><body><h1>Bad Gateway</h1></body></html>'],
    [{ html: '<html>maintenance</html>' }, 200, '<html>maintenance</html>'],
  ])('%j: a page of a proxy, while the pair is issued', async (then, status, page) => {
    arrange(then);
    const answer = await call(sandbox);
    expect([answer.status, answer.body.toString()]).toEqual([status, page]);
    expect(answer.headers['content-type']).toBe('text/html');
    expect(answer.headers['trace_id']).toBeUndefined();
    expect(judged()).toEqual([['accepted', 'status', 'status'], 1]);
  });

  it('slowBody: the answer dribbles out', async () => {
    arrange({ slowBody: 200 });
    let pieces = 0;
    const started = performance.now();
    const answer = await exchange(`${sandbox.gatewayUrl}?charset=utf-8`, {
      onChunk: () => {
        pieces += 1;
      },
    });
    expect(performance.now() - started).toBeGreaterThanOrEqual(195);
    expect(pieces).toBeGreaterThan(5);
    expect(open(answer, sandbox).verified).toBe(true);
    expect(judged()).toEqual([['isv.missing-method', 'isv.missing-method', 'slowBody'], 0]);
  });
});

describe('a scenario with a fault of the answer', () => {
  it('unsigned: no signature, a pair issued', async () => {
    arrange({ unsigned: true });
    const { member, verified } = await callAndOpen(sandbox);
    expect(verified).toBeNull();
    expect(member['access_token']).toBe(sandbox.ledger().tokens[0]!.accessToken);
    expect(judged()).toEqual([['accepted', 'unsigned', 'unsigned'], 1]);
  });

  it('tamper: one byte of the token is another', async () => {
    arrange({ tamper: true });
    const { member, verified } = await callAndOpen(sandbox);
    const issued = sandbox.ledger().tokens[0]!.accessToken;
    const sent = member['access_token']!;
    expect(verified).toBe(false);
    expect([sent.length, sent.slice(0, -1)]).toEqual([40, issued.slice(0, -1)]);
    expect(sent).not.toBe(issued);
    expect(judged()).toEqual([['accepted', 'tamper', 'tamper'], 1]);
  });

  it('tamper with an error: one byte of the message is another', async () => {
    arrange({ tamper: true, subCode: 'NO_USER_ERROR' });
    const { member, verified } = await callAndOpen(sandbox);
    expect([member['msg'], member['sub_code'], verified]).toEqual([
      'Business Faile0',
      'NO_USER_ERROR',
      false,
    ]);
    expect(judged()).toEqual([['accepted', 'tamper', 'tamper'], 0]);
  });

  it('wrongKey: signed, but not by the key that the caller has', async () => {
    arrange({ wrongKey: true });
    expect((await callAndOpen(sandbox)).verified).toBe(false);
    expect(judged()).toEqual([['accepted', 'wrongKey', 'wrongKey'], 1]);
  });

  it('escapeSlashes: the signature fits once the slashes are plain again', async () => {
    arrange({ escapeSlashes: true });
    const answer = await call(sandbox);
    const { member, verified } = open(answer, sandbox);
    expect(verified).toBe(false);
    expect(answer.body.toString()).toContain('"doc_link":"https:\\/\\/opendocs.alipay.com\\/');
    expect(member['doc_link']).toBe('https://opendocs.alipay.com/common/02km9f');

    const plain = { ...answer, body: Buffer.from(answer.body.toString().replaceAll('\\/', '/')) };
    expect(open(plain, sandbox).verified).toBe(true);
    expect(judged()).toEqual([['accepted', 'success', 'escapeSlashes'], 1]);
  });

  it('signFirst: the signature stands before the member', async () => {
    arrange({ signFirst: true });
    const { body } = await call(sandbox);
    const [, signature = '', member = ''] =
      /^\{"sign":"([^"]+)","alipay_user_auth_zhimaper_inner_apply_response":(\{.*\})\}$/.exec(
        body.toString(),
      ) ?? [];
    const key = sandbox.keys.alipayPublicKey;
    expect(verify('sha256', Buffer.from(member), key, Buffer.from(signature, 'base64'))).toBe(true);
    expect(judged()).toEqual([['accepted', 'success', 'signFirst'], 1]);
  });

  it('charset: the answer is in another than was asked for, and says so', async () => {
    arrange({ charset: 'GBK', subCode: 'NAME_IS_NULL' });
    const answer = await call(sandbox);
    expect(answer.headers['content-type']).toBe('text/html;charset=GBK');
    expect(iconv.decode(answer.body, 'gbk')).toContain('"sub_msg":"姓名参数为空"');
    expect(open(answer, sandbox, { charset: 'gbk' }).verified).toBe(true);
    expect(judged()).toEqual([['accepted', 'NAME_IS_NULL', 'charset'], 0]);
  });
});

describe('closing', () => {
  it('does not wait for an answer that is held back', async () => {
    const own = await createGatewaySandbox({ keys: sandbox.keys, clock: () => NOW });
    own.addScenario({ then: { delayMs: 60_000 } });
    const lost = errorCodeOf(call(own));
    while (own.ledger().requests.length === 0) await sleep(5);

    const started = performance.now();
    await own.close();
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(await lost).toBe('ECONNRESET');
  });
});
