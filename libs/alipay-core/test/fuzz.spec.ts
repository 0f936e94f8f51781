import { createSign, generateKeyPairSync } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeText, type Charset } from '../src/charset/index.js';
import { formDecode } from './form-decode.js';
import {
  AlipayClient,
  AlipayError,
  explainSignature,
  explainVerification,
  parseResponse,
  readPrivateKey,
  readPublicKey,
  verifyNotification,
  type NotificationForm,
  type Transport,
  type UnverifiedSubject,
} from '../src/index.js';
import { NOTIFICATIONS } from './fixtures/notifications.js';
import { TEST_CERTIFICATE, TEST_PRIVATE_KEY } from './fixtures/test-key.js';
import { mutate, mutations } from './mutations.js';
import { signedNotification } from './signed-notification.js';

/** Mutations of each kind; the default is quick, and `FUZZ_RUNS` makes a long run of it. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1_000);
const TIMEOUT = 60_000 + RUNS * 50;
/** Explaining tries many readings: of so many mutations one is explained too. */
const EXPLAINED = 20;
const KEY = readPublicKey(TEST_CERTIFICATE);
const METHOD = 'alipay.trade.query';

/** Explaining ends in a verdict with causes, within the number of readings that it may try. */
function isExplained(subject: UnverifiedSubject): boolean {
  const options = { alipayPublicKey: KEY, maxCandidates: 100 };
  const { verified, causes, tried } = explainVerification(subject, options);
  return verified === (causes.length === 0) && tried <= 100;
}

function isParsedOrRefused(body: Uint8Array, charset: Charset): boolean {
  try {
    return parseResponse(body, { method: METHOD, charset }).signedBytes.length > 0;
  } catch (error) {
    return error instanceof AlipayError && error.code === 'MALFORMED_RESPONSE';
  }
}

const FORMS = [
  ...NOTIFICATIONS.map(({ body, charset }) => ({ body, charset })),
  ...(['utf-8', 'gbk', 'gb18030'] as const).map((charset) => ({
    charset,
    body: signedNotification(
      {
        app_id: '1',
        body: 'a%26b=c',
        charset,
        name: '张三',
        out_no: '1',
        passback: 'a=1&b=2',
        z: '',
      },
      charset,
    ),
  })),
];

describe('mutated notifications', () => {
  it(
    'get a verdict, and none is verified that says something else',
    () => {
      const seen = { verified: 0, refused: 0 };
      const says = (form: NotificationForm) => {
        const verdict = verifyNotification(form, { alipayPublicKey: KEY });
        seen[verdict.verified ? 'verified' : 'refused'] += 1;
        return verdict.verified ? [verdict.params, verdict.notifyId, verdict.appId] : null;
      };
      fc.assert(
        fc.property(fc.constantFrom(...FORMS), mutations, fc.nat(), (form, changes, draw) => {
          const mutant = mutate(Buffer.from(form.body), changes);
          const genuine = says(form.body);
          const texts = formDecode(mutant, form.charset);
          const read = [mutant, texts, Object.fromEntries(texts)].map(says);
          const isTrue = read.every((found) => found === null || isDeepStrictEqual(found, genuine));
          return isTrue && (draw % EXPLAINED !== 0 || isExplained({ notification: mutant }));
        }),
        { numRuns: RUNS },
      );
      expect(seen.verified).toBeGreaterThan(RUNS);
      expect(seen.refused).toBeGreaterThan(RUNS);
    },
    TIMEOUT,
  );
});

describe('mutated answers', () => {
  const ANSWERS = (['utf-8', 'gbk', 'gb18030'] as const).flatMap((charset) =>
    [
      '{"code":"10000","msg":"Success","name":"张三","list":[1,{"a":"\\/\\u4e09"}],"big":9007199254740993}',
      '{"code":"40004","msg":"Business Failed","sub_code":"ACQ.SYSTEM_ERROR","sub_msg":"系统繁忙"}',
      '"QUJDRA=="',
    ].map((value) => {
      const sign = createSign('RSA-SHA256').update(encodeText(value, charset));
      const body = `{"alipay_trade_query_response":${value},"sign":"${sign.sign(TEST_PRIVATE_KEY, 'base64')}"}`; // prettier-ignore
      return { charset, bytes: encodeText(body, charset) };
    }),
  );
  const SUCCESS_DATA = {
    ...{ code: '10000', msg: 'Success', name: '张三' },
    ...{ list: [1, { a: '/三' }], big: '9007199254740993' },
  };
  /** The first of each charset is the only one that is a success. */
  const success = new Map([...ANSWERS].reverse().map(({ charset, bytes }) => [charset, bytes]));

  it(
    'are judged without an exception, and none is believed that says something else',
    async () => {
      const seen = { success: 0, other: 0 };
      let body: Uint8Array = new Uint8Array();
      const transport: Transport = {
        send: () => Promise.resolve({ kind: 'response', status: 200, headers: {}, body }),
        close: () => Promise.resolve(),
      };
      const own = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
      const privateKey = readPrivateKey(own.export({ type: 'pkcs8', format: 'pem' }).toString());
      const execute = (charset: Charset) =>
        new AlipayClient({
          appId: '1',
          privateKey,
          alipayPublicKey: KEY,
          charset,
          transport,
        }).execute(METHOD, { retry: { attempts: 1 } });
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...ANSWERS),
          mutations,
          fc.nat(),
          async ({ charset, bytes }, changes, draw) => {
            body = mutate(bytes, changes);
            const answer = await execute(charset);
            seen[answer.outcome === 'success' ? 'success' : 'other'] += 1;
            const isTrue =
              answer.outcome !== 'success' ||
              (isDeepStrictEqual({ ...answer.data }, SUCCESS_DATA) &&
                bytes === success.get(charset));
            const isDone = draw % EXPLAINED !== 0 || isExplained({ answer: body, method: METHOD });
            return isTrue && isParsedOrRefused(body, charset) && isDone;
          },
        ),
        { numRuns: RUNS },
      );
      expect(seen.success).toBeGreaterThan(RUNS / 1_000);
      expect(seen.other).toBeGreaterThan(RUNS / 2);
    },
    TIMEOUT,
  );
});

describe('mutated echoes', () => {
  const SIGNED =
    'app_id=1&biz_content={"cert_no":"330701199901011311","name":"欧阳娜娜","mobile":"13588111111"}&charset=utf-8&timestamp=2026-11-24 16:00:00&version=1.0';

  it('are explained, and show nothing personal that was signed', () => {
    fc.assert(
      fc.property(mutations, fc.boolean(), (changes, isMarked) => {
        const text = isMarked ? `验签字符串为：${SIGNED}，请参考 https://x/` : SIGNED;
        const echo = Buffer.from(mutate(Buffer.from(text), changes)).toString();
        const explanation = explainSignature({ signed: SIGNED, echo });
        expect(explanation.causes.length).toBeGreaterThan(0);
        expect(explanation.equal && explanation.difference !== null).toBe(false);
        const printed = JSON.stringify(explanation);
        expect(printed).not.toMatch(/330701199901011311|欧阳娜娜|13588111111/);
        const { difference } = explanation;
        if (difference === null) return;
        expect(difference.expected.caret).toBeLessThanOrEqual(difference.expected.text.length);
        expect(difference.expected.text).not.toMatch(/\p{Cc}/u);
        expect(difference.actual.text).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: RUNS },
    );
  }, TIMEOUT); // prettier-ignore
});
