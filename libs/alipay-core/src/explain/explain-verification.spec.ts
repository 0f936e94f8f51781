import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { NOTIFICATIONS } from '../../test/fixtures/notifications.js';
import { TEST_CERTIFICATE, TEST_PRIVATE_KEY } from '../../test/fixtures/test-key.js';
import { signedNotification } from '../../test/signed-notification.js';
import { encodeText } from '../charset/index.js';
import { formDecode } from '../../test/form-decode.js';
import type { NotificationForm } from '../notify/index.js';
import { readPrivateKey } from '../signing/index.js';
import { explainVerification, type ExplainVerificationOptions } from './explain-verification.js';

const [V1, V1_GBK, V2_GBK] = NOTIFICATIONS;
const entries = formDecode(V1.body, 'utf-8');
const OTHER = generateKeyPairSync('rsa', { modulusLength: 2048 });
const OTHER_PUBLIC = OTHER.publicKey.export({ type: 'spki', format: 'pem' }).toString();

type Options = Partial<ExplainVerificationOptions>;

const causesOf = (form: NotificationForm, options: Options = {}) =>
  explainVerification(
    { notification: form },
    { alipayPublicKey: TEST_CERTIFICATE, ...options },
  ).causes.map(({ code, certainty }) => `${code} ${certainty}`);
const altered = (alter: (value: string, name: string) => string) =>
  entries.map(([name, value]) => [name, alter(value, name)] as const);
/** Signs a text that breaks the rules, and puts the signature into a form. */
const irregular = (text: string, form: Record<string, string>) => {
  const sign = createSign('RSA-SHA256').update(text).sign(TEST_PRIVATE_KEY, 'base64');
  return { ...form, sign_type: 'RSA2', sign };
};

describe('explainVerification, of a notification', () => {
  it('finds nothing wrong with a right one', () => {
    expect(
      explainVerification({ notification: V1.body }, { alipayPublicKey: TEST_CERTIFICATE }),
    ).toEqual({ verified: true, causes: [], tried: 1 });
  });

  it.each<[string, NotificationForm, string[], Options?]>([
    ['another key', V1.body, ['wrong-key likely'], { alipayPublicKey: OTHER_PUBLIC }],
    [
      "the application's key in Alipay's place",
      V1.body,
      ['own-public-key certain', 'wrong-key likely'],
      { alipayPublicKey: OTHER_PUBLIC, applicationKey: OTHER_PUBLIC },
    ],
    [
      'what the application signed itself',
      V1.body,
      ['signed-by-application certain'],
      { alipayPublicKey: OTHER_PUBLIC, applicationKey: readPrivateKey(TEST_PRIVATE_KEY) },
    ],
    ['the other sign type', V1.body, ['sign-type certain'], { signType: 'RSA' }],
    [
      'an unknown sign type',
      V1.body.replace('sign_type=RSA2', 'sign_type=SM2'),
      ['unsupported-sign-type certain', 'sign-type certain'],
    ],
    ['the other version', V1.body, ['version certain'], { version: 'V2' }],
    ['the other version in GBK', V2_GBK.body, ['version certain'], { version: 'V1' }],
    ['a wrong charset for bytes', V1_GBK.body, ['charset certain'], { charset: 'utf-8' }],
    [
      'a form decoded in GBK that is UTF-8',
      { ...irregular('subject=张三四五', {}), subject: '寮犱笁鍥涗簲' },
      ['charset certain'],
    ],
    [
      'a form decoded as Latin-1',
      { ...irregular('subject=张', {}), subject: 'å¼\u00A0' },
      ['charset certain'],
    ],
    [
      'a form signed in GBK that names UTF-8',
      formDecode(signedNotification({ subject: '张三' }, 'gbk'), 'gbk'),
      ['charset certain'],
    ],
    [
      'values that were never decoded',
      Object.fromEntries(V1.body.split('&').map((entry) => entry.split('='))),
      ['signature-still-encoded certain', 'not-decoded certain'],
    ],
    [
      'a % decoded twice',
      formDecode(signedNotification({ body: '50%25' }), 'utf-8').map(([name, value]) => [
        name,
        value.replace('%25', '%'),
      ]),
      ['decoded-twice certain'],
    ],
    ['a + decoded twice', { ...irregular('body=1+1', { body: '1 1' }) }, ['plus-as-space certain']],
    [
      'a + not decoded',
      { ...irregular('body=1 1', { body: '1+1' }) },
      ['plus-not-decoded certain'],
    ],
    [
      'a signature whose + became spaces',
      altered((value, name) => (name === 'sign' ? value.replaceAll('+', ' ') : value)),
      ['signature-plus-as-space certain'],
    ],
    [
      'a signature in lines',
      altered((value, name) => (name === 'sign' ? `${value.slice(0, 76)}\r\n${value.slice(76)}` : value)), // prettier-ignore
      ['signature-white-space certain'],
    ],
    [
      'a signature in the URL-safe alphabet',
      altered((value, name) =>
        name === 'sign'
          ? value.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
          : value,
      ),
      ['signature-url-safe certain'],
    ],
    [
      'a signature cut short',
      altered((value, name) => (name === 'sign' ? value.slice(0, 100) : value)),
      ['damaged-signature certain'],
    ],
    [
      'values escaped for HTML',
      altered((value) => value.replaceAll('"', '&quot;')),
      ['html-escaped certain'],
    ],
    ['line ends changed', { ...irregular('body=a\nb', { body: 'a\r\nb' }) }, ['line-ends certain']],
    [
      'slashes escaped',
      { ...irregular('body=a/b', { body: 'a\\/b' }) },
      ['escaped-slashes certain'],
    ],
    ['blanks added', { ...irregular('body=a', { body: 'a\n' }) }, ['white-space certain']],
    ['no order', irregular('b=1&a=2', { b: '1', a: '2' }), ['not-sorted certain']],
    [
      'empty values signed',
      irregular('a=&b=1', { a: '', b: '1' }),
      ['empty-values-signed certain'],
    ],
    [
      'the certificate number signed',
      irregular('a=1&alipay_cert_sn=2', { a: '1', alipay_cert_sn: '2' }),
      ['certificate-number-signed certain'],
    ],
    [
      'signed while encoded',
      new URLSearchParams(irregular('a=%2F', { a: '/' })).toString(),
      ['signed-while-encoded certain'],
    ],
    [
      'two faults at once',
      altered((value) => value.replaceAll('"', '&quot;').replaceAll(' ', '+')).map(
        ([name, value]) => [name, name === 'subject' ? '张三的+100%+订单+++赠品' : value],
      ),
      ['content-changed certain'],
    ],
    [
      'an altered value',
      V1.body.replace('TRADE_SUCCESS', 'TRADE_CLOSED'),
      ['content-changed certain'],
    ],
    [
      'characters lost',
      altered((value) => value.replace('张', '\uFFFD')),
      ['content-changed certain', 'lossy-text likely'],
    ],
    ['no signature', 'a=1', ['missing-signature certain']],
    ['a repetition', `${V1.body}&app_id=1`, ['repeated-parameter certain']],
    ['noise', Uint8Array.of(0xff, 0xff), ['undecodable-text certain']],
  ])('names %s', (_, form, causes, options = {}) => {
    expect(causesOf(form, options)).toEqual(causes);
  });

  it('tries no more readings than it may', () => {
    const form = altered((value) => value.replace('张', '李'));
    const explain = (maxCandidates: number) =>
      explainVerification(
        { notification: form },
        { alipayPublicKey: TEST_CERTIFICATE, maxCandidates },
      );
    expect(explain(7)).toMatchObject({
      verified: false,
      tried: 7,
      causes: [
        {
          code: 'content-changed',
          title: 'The key is right, and the content is not what was signed.',
          evidence: 'The key made the signature, over none of 7 readings of this content.',
        },
      ],
    });
    expect(explain(2_000).tried).toBeGreaterThan(100);
  });

  it('quotes no value', () => {
    const form = altered((value) => value.replace('张', '\uFFFD'));
    const explanation = explainVerification(
      { notification: form },
      { alipayPublicKey: TEST_CERTIFICATE },
    );
    expect(JSON.stringify(explanation)).not.toMatch(/三|ALIPAYACCOUNT|2021000000000001/);
  });
});

describe('explainVerification, of an answer', () => {
  const method = 'alipay.trade.query';
  const VALUE = '{"code":"10000","msg":"Success","name":"张三","url":"https://x/"}';
  const answer = (value: string, { signed = value, sign = signatureOver(signed) } = {}) =>
    `{"alipay_trade_query_response":${value},"sign":"${sign}"}`;
  function signatureOver(text: string, charset: 'utf-8' | 'gbk' = 'utf-8') {
    return createSign('RSA-SHA256').update(encodeText(text, charset)).sign(TEST_PRIVATE_KEY, 'base64'); // prettier-ignore
  }

  it.each<[string, Uint8Array | string, string[], Options?]>([
    ['nothing', answer(VALUE), []],
    [
      'nothing where slashes are escaped',
      answer(VALUE.replaceAll('/', '\\/'), { signed: VALUE }),
      [],
    ],
    ['another key', answer(VALUE), ['wrong-key likely'], { alipayPublicKey: OTHER_PUBLIC }],
    ['the other sign type', answer(VALUE), ['sign-type certain'], { signType: 'RSA' }],
    [
      'a JSON written again',
      answer(JSON.stringify(JSON.parse(VALUE), null, 2), { signed: VALUE }),
      ['re-serialised certain'],
    ],
    [
      'a GBK answer written again in UTF-8',
      answer(VALUE, { sign: signatureOver(VALUE, 'gbk') }),
      ['charset certain'],
    ],
    ['an encrypted one signed without quotes', answer('"QUJD"', { signed: 'QUJD' }), ['quotes-cut-off certain']], // prettier-ignore
    ['an altered value', answer(VALUE, { signed: '{}' }), ['content-changed certain']],
    [
      'characters lost',
      answer(VALUE.replace('张', '\uFFFD'), { signed: VALUE }),
      ['content-changed certain', 'lossy-text likely'],
    ],
    ['no signature', answer(VALUE, { sign: '' }), ['missing-signature certain']],
    ['no answer', '<html>', ['malformed-response certain']],
    ['a root member twice', answer(`1,"a":1,"a":2`), ['repeated-member certain']],
    ['half a surrogate pair', '\uD800', ['undecodable-text certain']],
    ['too large a body', answer(VALUE), ['response-too-large certain'], { maxBytes: 10 }],
  ])('names %s', (_, body, causes, options = {}) => {
    const explanation = explainVerification(
      { answer: body, method },
      { alipayPublicKey: TEST_CERTIFICATE, ...options },
    );
    expect(explanation.causes.map(({ code, certainty }) => `${code} ${certainty}`)).toEqual(causes);
    expect(explanation.verified).toBe(causes.length === 0);
  });
});

describe('explainVerification, misused', () => {
  it.each<[string, unknown, Record<string, unknown>]>([
    ['no subject', {}, {}],
    ['an answer that is parsed', { answer: {}, method: 'a.b' }, {}],
    ['no method', { answer: '{}' }, {}],
    ['no key', { answer: '{}', method: 'a.b' }, { alipayPublicKey: undefined }],
    ['no number', { answer: '{}', method: 'a.b' }, { maxCandidates: 0 }],
  ])('throws a TypeError for %s', (_, subject, options) => {
    expect(() =>
      explainVerification(subject as Parameters<typeof explainVerification>[0], {
        alipayPublicKey: TEST_CERTIFICATE,
        ...options,
      }),
    ).toThrow(TypeError);
  });
});
