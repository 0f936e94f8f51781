import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { NOTIFICATIONS } from '../../test/fixtures/notifications.js';
import { signedNotification } from '../../test/signed-notification.js';
import { TEST_CERTIFICATE } from '../../test/fixtures/test-key.js';
import { formDecode } from '../../test/form-decode.js';
import { readPublicKey } from '../signing/index.js';
import type { NotificationForm } from './notification-form.js';
import { verifyNotification, type VerifyNotificationOptions } from './verify-notification.js';

const KEY = readPublicKey(TEST_CERTIFICATE);
const PARAMS = {
  app_id: '2021000000000001',
  body: '50%25 off',
  fund_bill_list: '[{"amount":"0.01","fundChannel":"ALIPAYACCOUNT"}]',
  notify_id: 'ac05099524730693a8b330c5ecf72da9786',
  notify_time: '2026-11-24 16:00:00',
  notify_type: 'trade_status_sync',
  out_trade_no: '70501111111S001111119',
  subject: '张三的 100% 订单 + 赠品',
  trade_status: 'TRADE_SUCCESS',
  version: '1.0',
};
const [UTF_8] = NOTIFICATIONS;
const SENT_AT = Date.parse('2026-11-24T08:00:00Z');

const verdictOn = (form: NotificationForm, options: Partial<VerifyNotificationOptions> = {}) =>
  verifyNotification(form, { alipayPublicKey: KEY, ...options });
const reasonFor = (form: NotificationForm, options: Partial<VerifyNotificationOptions> = {}) => {
  const verdict = verdictOn(form, options);
  return verdict.verified ? null : verdict.reason;
};

describe.each(NOTIFICATIONS)('a $version notification, $signType, $charset', (vector) => {
  const { version, signType, charset, body } = vector;
  const entries = formDecode(body, charset);

  it.each<[string, NotificationForm]>([
    ['bytes', Buffer.from(body)],
    ['text', body],
    ['pairs', entries],
    ['an object', Object.fromEntries(entries)],
    ['a Map', new Map(entries)],
    ['URLSearchParams', new URLSearchParams(entries)],
  ])('is verified from %s', (_, form) => {
    expect(verdictOn(form)).toEqual({
      verified: true,
      version,
      signType,
      charset,
      params: { ...PARAMS, charset, ...(version === 'V2' ? { sign_type: signType } : {}) },
      notifyId: 'ac05099524730693a8b330c5ecf72da9786',
      notifyType: 'trade_status_sync',
      notifyTime: new Date('2026-11-24T08:00:00Z'),
      appId: '2021000000000001',
    });
  });

  it('is not verified as the other version', () => {
    expect(verdictOn(body, { version }).verified).toBe(true);
    expect(reasonFor(body, { version: version === 'V1' ? 'V2' : 'V1' })).toBe('invalid-signature');
  });

  it('is not verified decoded twice, nor as the other sign type', () => {
    const twice = entries.map(([name, value]) => [name, value.replaceAll('%25', '%')] as const);
    expect(reasonFor(twice)).toBe('invalid-signature');
    expect(reasonFor(body, { signType: signType === 'RSA' ? 'RSA2' : 'RSA' })).toBe(
      'invalid-signature',
    );
  });
});

describe('verifyNotification', () => {
  it.each<[string, NotificationForm, string]>([
    ['nothing', '', 'missing-signature'],
    ['bytes of noise', Uint8Array.of(0, 255, 37, 38), 'undecodable-text'],
    ['an empty signature', UTF_8.body.replace(/&sign=.*/, '&sign='), 'missing-signature'],
    ['a signature that is none', UTF_8.body.replace(/&sign=.*/, '&sign=%'), 'invalid-signature'],
    [
      'an unknown sign type',
      UTF_8.body.replace('sign_type=RSA2', 'sign_type=SM2'),
      'unsupported-sign-type',
    ],
    [
      'an unknown charset',
      UTF_8.body.replace('charset=utf-8', 'charset=latin1'),
      'unsupported-charset',
    ],
    ['text of another charset', UTF_8.body.replace('utf-8', 'gb18030'), 'undecodable-text'],
    ['half a character', `${UTF_8.body}&x=%E5%BC`, 'undecodable-text'],
    ['a text beyond the charset', 'charset=gbk&a=😀&sign=x', 'undecodable-text'],
    ['half a surrogate pair', { a: '\uD800', sign: 'x' }, 'undecodable-text'],
    ['a value changed', UTF_8.body.replace('TRADE_SUCCESS', 'TRADE_CLOSED'), 'invalid-signature'],
    [
      'a name changed',
      UTF_8.body.replace('trade_status=', 'trade_statu%73s='),
      'invalid-signature',
    ],
    ['a parameter more', `${UTF_8.body}&total=%`, 'invalid-signature'],
    ['a parameter twice', `${UTF_8.body}&app_id=2021000000000001`, 'repeated-parameter'],
    ['a parameter twice, once escaped', `${UTF_8.body}&app%5Fid=1`, 'repeated-parameter'],
    ['what a parser made of a repetition', { a: ['1', '2'] }, 'repeated-parameter'],
    ['what a parser made of a[b]', { a: { b: '1' } }, 'malformed-form'],
    ['a number', { a: 1 }, 'malformed-form'],
    ['__proto__', '__proto__=1&constructor=2&sign=x', 'invalid-signature'],
    ['__proto__ parsed', [['__proto__', '1'], ['sign', 'x']], 'invalid-signature'], // prettier-ignore
  ])('refuses %s', (_, form, reason) => {
    expect(reasonFor(form)).toBe(reason);
  });

  it('measures a form before it reads it', () => {
    const maxBytes = Buffer.byteLength(UTF_8.body);
    expect(verdictOn(UTF_8.body, { maxBytes }).verified).toBe(true);
    expect(reasonFor(UTF_8.body, { maxBytes: maxBytes - 1 })).toBe('form-too-large');
    expect(reasonFor({ a: 'x'.repeat(10) }, { maxBytes: 10 })).toBe('form-too-large');
    expect(reasonFor(new Uint8Array(1_048_577))).toBe('form-too-large');
  });

  it('takes parameters without a value, and names no signature covers, for unsigned', () => {
    const form = `${UTF_8.body}&refund=&alipay_cert_sn=1&__proto__=`;
    const verdict = verdictOn(form);
    expect(verdict.verified && Object.keys(verdict.params)).toEqual([
      ...['app_id', 'body', 'charset', 'fund_bill_list', 'notify_id', 'notify_time'],
      ...['notify_type', 'out_trade_no', 'subject', 'trade_status', 'version'],
    ]);
  });

  it('refuses the same signature over parameters that only read alike', () => {
    const params = { app_id: '1', body: 'a', refund: '2' };
    const form = signedNotification(params);
    expect(verdictOn(form).verified).toBe(true);
    const merged = form.replace('&refund=', '%26refund%3D');
    expect(reasonFor(merged)).toBe('ambiguous-parameters');
    expect(reasonFor(form.replace('body=a', 'body%3Da='))).toBe('invalid-signature');
    expect(reasonFor(signedNotification({ body: 'b=c' }).replace('=b%3D', '%3Db='))).toBe(
      'ambiguous-parameters',
    );
    expect(reasonFor(signedNotification({ '': '1', a: '2' }))).toBe('ambiguous-parameters');
  });

  it('reads a value that could not be further parameters in order', () => {
    const params = { passback: 'a=1&b=2&&c&d=', url: 'https://x/?a=1&b=2' };
    const verdict = verdictOn(signedNotification(params));
    expect(verdict.verified && verdict.params).toEqual({ ...params, sign_type: 'RSA2' });
  });

  it('reads the charset that the option names instead of the form', () => {
    const { charset, ...rest } = Object.fromEntries(formDecode(NOTIFICATIONS[1].body, 'gbk'));
    const unnamed = signedNotification(rest, 'gbk');
    expect(charset).toBe('gbk');
    expect(reasonFor(unnamed)).toBe('undecodable-text');
    expect(verdictOn(unnamed, { charset: 'GBK' })).toMatchObject({
      verified: true,
      charset: 'gbk',
    });
  });

  it('looks the key up by the serial number of the certificate', () => {
    const asked: (string | null)[] = [];
    const lookUp = (sn: string | null) => {
      asked.push(sn);
      return sn === null ? TEST_CERTIFICATE : null;
    };
    expect(verdictOn(UTF_8.body, { alipayPublicKey: lookUp }).verified).toBe(true);
    expect(reasonFor(NOTIFICATIONS[2].body, { alipayPublicKey: lookUp })).toBe(
      'unknown-certificate',
    );
    expect(asked).toEqual([null, 'f64f3d3f2c1b4d6e8a9b0c1d2e3f4a5b']);
  });

  it('checks the application', () => {
    expect(verdictOn(UTF_8.body, { appId: '2021000000000001' }).verified).toBe(true);
    expect(reasonFor(UTF_8.body, { appId: '2021000000000002' })).toBe('wrong-app-id');
    expect(reasonFor(signedNotification({ a: '1' }), { appId: '1' })).toBe('wrong-app-id');
  });

  it.each([
    [0, null],
    [60_000, null],
    [-60_000, null],
    [60_001, 'notify_time lies 60001 ms in the past.'],
    [-60_001, 'notify_time lies 60001 ms in the future.'],
  ])('checks the time, %p ms later', (later, detail) => {
    const clock = () => new Date(SENT_AT + later);
    const verdict = verdictOn(UTF_8.body, { replayWindowMs: 60_000, clock });
    expect(verdict.verified ? null : verdict.detail).toBe(detail);
  });

  it('refuses a time that cannot be read only where it is checked', () => {
    const form = signedNotification({ notify_time: 'today' });
    expect(verdictOn(form)).toMatchObject({ verified: true, notifyTime: null, notifyId: null });
    expect(reasonFor(form, { replayWindowMs: 1 })).toBe('unreadable-notify-time');
  });

  it('says the next step', () => {
    expect(verdictOn('a=1')).toEqual({
      verified: false,
      reason: 'missing-signature',
      detail: 'The form carries no signature.',
      nextStep: 'Drop it: only a signed form can be a notification of Alipay.',
    });
  });

  it('prints without values that may be personal', () => {
    const verdict = verdictOn(UTF_8.body);
    expect(inspect(verdict)).toContain("notify_type: 'trade_status_sync'");
    expect(inspect(verdict)).toContain("subject: '[redacted]'");
    expect(JSON.stringify(verdict)).not.toContain('张三');
  });

  it.each<[string, unknown, Partial<Record<keyof VerifyNotificationOptions, unknown>>]>([
    ['null', null, {}],
    ['a number', 1, {}],
    ['a list of texts', ['a=1'], {}],
    ['an unknown version', '', { version: 'V3' }],
    ['a size that is none', '', { maxBytes: 0 }],
    ['a window that is none', '', { replayWindowMs: Number.NaN }],
    ['no key', '', { alipayPublicKey: undefined }],
  ])('throws a TypeError for %s', (_, form, options) => {
    expect(() =>
      verdictOn(form as NotificationForm, options as Partial<VerifyNotificationOptions>),
    ).toThrow(TypeError);
  });

  it.each([
    [{ alipayPublicKey: 'nonsense' }, 'INVALID_PUBLIC_KEY'],
    [{ signType: 'SM2' }, 'UNSUPPORTED_SIGN_TYPE'],
    [{ charset: 'latin1' }, 'UNSUPPORTED_CHARSET'],
  ])('throws for the option %p', (options, code) => {
    expect(() => verdictOn('', options)).toThrow(expect.objectContaining({ code }));
  });
});
