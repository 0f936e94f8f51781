import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { TEST_CERTIFICATE, TEST_PRIVATE_KEY } from '../../test/fixtures/test-key.js';
import { sign } from '../signing/index.js';
import { explainSignature, type ExplainSignatureOptions } from './explain-signature.js';
import { escapeHtml } from './text-escapes.js';

const SIGNED =
  'app_id=2014072300007148&biz_content={"cert_no":"330701199901011311","name":"张三","mobile":"13588111111"}&charset=utf-8&method=alipay.user.auth.zhimaper.inner.apply&sign_type=RSA2&timestamp=2026-11-24 16:00:00&version=1.0';
const subMsg = (text: string, tail = '') =>
  `验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：${escapeHtml(text)}${tail}`;
const HELP = '，详情请参考 https://opendocs.alipay.com/common/02kf5q?pathHash=1a2b&ref=api';

const explain = (received: string, options: Partial<ExplainSignatureOptions> = {}) =>
  explainSignature({ signed: SIGNED, echo: subMsg(received), ...options });
const causesOf = (received: string, options: Partial<ExplainSignatureOptions> = {}) =>
  explain(received, options).causes.map(
    ({ code, certainty, evidence }) => `${code} ${certainty} ${evidence}`,
  );

describe('explainSignature, where the gateway verified another text', () => {
  it('points at the first difference, personal data hidden', () => {
    const received = SIGNED.replace('张三', '李四');
    expect(explain(received)).toEqual({
      equal: false,
      difference: {
        index: 76,
        byteIndex: 76,
        parameter: 'biz_content',
        expected: {
          text: '…**************","name":"**","mobile":"**********…',
          caret: 25,
          column: 25,
        },
        actual: {
          text: '…**************","name":"**","mobile":"**********…',
          caret: 25,
          column: 25,
        },
      },
      causes: [
        {
          code: 'charset',
          certainty: 'likely',
          title: 'The text was written in one charset and read in another.',
          evidence: 'In biz_content: Only characters beyond ASCII differ.',
          nextStep:
            'Encode string to sign, query and body in one charset, name it in charset, and put charset into the query.',
        },
      ],
    });
  });

  it('shows what it hides when asked', () => {
    expect(explain(SIGNED.replace('三', '四'), { reveal: true }).difference).toEqual({
      index: 77,
      byteIndex: 79,
      parameter: 'biz_content',
      expected: {
        text: '…1199901011311","name":"张三","mobile":"13588111111…',
        caret: 25,
        column: 26,
      },
      actual: {
        text: '…1199901011311","name":"张四","mobile":"13588111111…',
        caret: 25,
        column: 26,
      },
    });
  });

  it('hides what was signed also where the name in front of it was lost', () => {
    const received = SIGNED.replace('"name"', '"n"');
    expect(explain(received).difference?.actual.text).toBe(
      '…:"******************","n":"**","mobile":"*******…',
    );
  });

  it('counts bytes of the charset, characters beyond the first plane as one', () => {
    const options = { signed: 'a=张𠮷x', echo: 'a=张𠮷y' };
    const at = (charset: string) => explainSignature({ ...options, charset }).difference;
    expect(at('gb18030')).toMatchObject({ index: 4, byteIndex: 8 });
    expect(at('utf-8')).toMatchObject({ index: 4, byteIndex: 9, actual: { caret: 5, column: 6 } });
    expect(at('gbk')).toMatchObject({ index: 4, byteIndex: null });
    expect(explainSignature({ signed: 'a=𠮷', echo: 'a=𠮸' }).difference).toMatchObject({
      index: 2,
      expected: { text: 'a=𠮷', caret: 2 },
    });
  });

  it('keeps the excerpts in one line', () => {
    const { difference } = explainSignature({ signed: 'a=1\r\n\u2028b', echo: 'a=1\n\u007fb' });
    expect(difference).toMatchObject({
      index: 3,
      parameter: 'a',
      expected: { text: 'a=1␍␊\uFFFDb', caret: 3 },
      actual: { text: 'a=1␊\uFFFDb', caret: 3 },
    });
  });

  it.each([
    ['timestamp=2026-11-24 16:', 'timestamp=2026-11-24 08:', 'timestamp-zone likely In timestamp: They lie 8 whole hours apart.'], // prettier-ignore
    ['16:00:00', '16:00:07', 'timestamp-differs certain In timestamp: They lie 7 seconds apart.'],
    ['张三', '寮犱笁', 'charset certain In biz_content: Written in utf-8 and read in gbk, what was signed becomes the other.'], // prettier-ignore
    ['张三', '\uFFFD\uFFFD\uFFFD\uFFFD', 'charset certain In biz_content: Written in gbk and read in utf-8, what was signed becomes the other.'], // prettier-ignore
    ['张三', 'å¼\u00A0ä¸\u0089', 'charset certain In biz_content: Written in utf-8 and read in ISO 8859-1, one becomes the other.'], // prettier-ignore
    ['张三', '??', 'lost-characters likely In biz_content: ? or U+FFFD stand where other characters were signed.'], // prettier-ignore
    ['2026-11-24 16:00:00', '2026-11-24%2016%3A00%3A00', 'double-encoding certain In timestamp: Percent-decoding what arrived yields what was signed.'], // prettier-ignore
    ['2026-11-24 16:00:00', '2026-11-24+16:00:00', 'space-encoding certain In timestamp: With + and %20 read as spaces they are equal.'], // prettier-ignore
    ['2026-11-24 16:00:00', '2026-11-24%2016:00:00', 'space-encoding certain In timestamp: With + and %20 read as spaces they are equal.'], // prettier-ignore
    ['","name', '", "name', 'json-rewritten certain In biz_content: As JSON they are equal.'],
    ['张三', '\\u5f20\\u4e09', 'json-rewritten certain In biz_content: As JSON they are equal.'],
    ['charset=utf-8', 'charset=UTF-8', 'letter-case certain In charset: In lower case they are equal.'], // prettier-ignore
    ['&sign_type=RSA2', '', 'missing-parameter certain The parameter sign_type.'],
    ['&sign_type', '&return_url=x&sign_type', 'extra-parameter certain The parameter return_url.'],
    ['2014072300007148', '2014072300007149', 'value-differs possible In app_id: No usual conversion turns one into the other.'], // prettier-ignore
  ])('names the cause of %p becoming %p', (from, to, cause) => {
    expect(causesOf(SIGNED.replace(from, to))).toEqual([cause]);
  });

  it.each<[string, string, string[]]>([
    ['a=1\r\n2&b=1', 'a=1\n2&b=1', ['line-ends certain In a: Without CR they are equal.']],
    ['a=1+1&b=1', 'a=1 1&b=1', ['plus-as-space certain In a: With + read as a space they are equal.']], // prettier-ignore
    ['a=%E5%BC%A0&b=1', 'a=张&b=1', ['signed-encoded certain In a: Percent-decoding what was signed yields what arrived.']], // prettier-ignore
    ['a=%D5%C5&b=1', 'a=张&b=1', ['signed-encoded certain In a: Percent-decoding what was signed yields what arrived.']], // prettier-ignore
    ['a=&b=1', 'b=1', ['empty-value certain The parameter a.']],
    ['b=1&a=2', 'a=2&b=1', ['order certain The same parameters stand in another order.']],
    ['a=x%y&b=1', 'a=x&b=1', ['cut-value certain In a: What arrived ends where a reserved character stands.']], // prettier-ignore
    ['a=x &b=1', 'a=x&b=1', ['white-space certain In a: Without white space they are equal.']],
    ['a%3D1%26b%3D2', 'a=1&b=2', ['signed-encoded certain Percent-decoding what was signed yields what arrived.']], // prettier-ignore
    [
      'a=1&b=X&c=2',
      'a=2&b=x&c=2',
      [
        'letter-case certain In b: In lower case they are equal.',
        'value-differs possible In a: No usual conversion turns one into the other.',
      ],
    ],
  ])('names the causes of %p becoming %p', (signed, received, causes) => {
    expect(causesOf(received, { signed })).toEqual(causes);
  });

  it('knows escapes of HTML that were signed', () => {
    const received = 'a=&quot;1&quot;&b=1';
    expect(causesOf(received, { signed: 'a="1"&b=1' })).toEqual([
      "html-escaped certain In a: Without HTML's escapes they are equal.",
    ]);
  });

  it('takes the parameters themselves, without empty ones and sign', () => {
    const signed = { charset: 'utf-8', app_id: '1', empty: '', sign: 'x', none: undefined };
    expect(explain('app_id=1&charset=utf-8', { signed }).equal).toBe(true);
    expect(explain('app_id=2&charset=utf-8', { signed }).difference).toMatchObject({
      index: 7,
      parameter: 'app_id',
    });
  });
});

describe('explainSignature, finding the echo', () => {
  it.each<[string, string]>([
    ['alone', SIGNED],
    ['in the text', subMsg(SIGNED)],
    ['before a link', subMsg(SIGNED, HELP)],
    ['escaped twice', subMsg(escapeHtml(SIGNED))],
    ['in a whole answer', JSON.stringify({ error_response: { code: '40002', sub_msg: subMsg(SIGNED, HELP) } })], // prettier-ignore
    ['escaped for JSON', subMsg(SIGNED).replace(/\P{ASCII}/gu, (c) => `\\u${c.charCodeAt(0).toString(16)}`)], // prettier-ignore
    ['not escaped', subMsg('').concat(SIGNED)],
    ['its quotes alone escaped', subMsg('').concat(SIGNED.replaceAll('"', '&quot;'))],
    ['between blanks', `\n  ${subMsg(SIGNED)}\n`],
  ])('finds it %s', (_, echo) => {
    expect(explainSignature({ signed: SIGNED, echo })).toMatchObject({
      equal: true,
      difference: null,
    });
  });

  it.each(['，详情请参考 https://opendocs.alipay.com/a?b=c&d=e', ' https://x/', '。请检查'])(
    'leaves the help text %p out of the comparison',
    (tail) => {
      const received = SIGNED.replace('RSA2', 'RSA');
      const { causes } = explainSignature({ signed: SIGNED, echo: subMsg(received, tail) });
      expect(causes.map(({ code, evidence }) => `${code} ${evidence}`)).toEqual([
        'value-differs In sign_type: No usual conversion turns one into the other.',
      ]);
    },
  );

  it('does not undo an escape that is part of what arrived', () => {
    const escaped = SIGNED.replace('张三', '\\u5f20\\u4e09');
    expect(explain(escaped).equal).toBe(false);
    expect(explainSignature({ signed: SIGNED, echo: escapeHtml(escapeHtml(SIGNED)).replace('张', '&#24352;') }).equal).toBe(true); // prettier-ignore
    expect(explain(SIGNED.replace('张', '&#24352;')).equal).toBe(false);
  });

  it('leaves a link in a value alone', () => {
    const signed = 'biz_content={"a": "https://x/?a=1"}&charset=gbk';
    expect(explain(signed, { signed }).equal).toBe(true);
    expect(explain(signed.replace('gbk', 'GBK'), { signed }).difference?.parameter).toBe('charset');
  });

  it.each([
    ['无效签名', 'no-echo certain No parameter was found in it.'],
    ['', 'no-echo certain No parameter was found in it.'],
    [
      '验签出错，sign值与sign_type参数指定的签名类型不一致',
      'sign-type certain The gateway says so.',
    ],
  ])('says so where %p holds none', (echo, cause) => {
    const { causes, ...rest } = explainSignature({ signed: SIGNED, echo });
    expect(rest).toEqual({ equal: false, difference: null });
    expect(causes.map((c) => `${c.code} ${c.certainty} ${c.evidence}`)).toEqual([cause]);
  });
});

describe('explainSignature, where the texts are equal', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const OTHER_PUBLIC = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const OTHER_PRIVATE = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

  it('suspects the key pair', () => {
    expect(explain(SIGNED).causes.map(({ code, certainty }) => `${code} ${certainty}`)).toEqual([
      'key-pair-mismatch likely',
      'signature-charset possible',
      'sign-type possible',
    ]);
    expect(explain('a=1', { signed: 'a=1', signature: 'a+b=' }).causes.map(({ code }) => code)).toEqual(['key-pair-mismatch', 'signature-not-encoded', 'sign-type']); // prettier-ignore
  });

  it('knows a private key that is not the other half', () => {
    expect(causesOf(SIGNED, { privateKey: OTHER_PRIVATE, publicKey: TEST_CERTIFICATE })).toEqual([
      'key-pair-mismatch certain The public key is not the one of the private key.',
    ]);
  });

  it.each<[string, string, Parameters<typeof sign>[2], Partial<ExplainSignatureOptions>]>([
    ['uploaded-key-differs likely The signature is valid over this text with this key.', SIGNED, {}, {}], // prettier-ignore
    ['sign-type certain The key finds a digest of RSA in it.', SIGNED, { signType: 'RSA' }, {}],
    ['signature-charset certain It is valid over the bytes of gbk.', SIGNED, { charset: 'gbk' }, {}], // prettier-ignore
    ['signature-over-other-content certain It is not valid over this text.', 'a', {}, {}],
    ['signed-with-other-key certain The key finds no digest in the signature.', SIGNED, {}, { privateKey: OTHER_PRIVATE }], // prettier-ignore
    ['signed-with-other-key certain The key finds no digest in the signature.', SIGNED, {}, { publicKey: OTHER_PUBLIC }], // prettier-ignore
  ])('takes the signature apart: %s', async (cause, content, how, keys) => {
    const signature = await sign(content, TEST_PRIVATE_KEY, how);
    const given = Object.keys(keys).length > 0 ? keys : { privateKey: TEST_PRIVATE_KEY };
    expect(causesOf(SIGNED, { signature, ...given })).toEqual([cause]);
  });
});

describe('explainSignature, misused', () => {
  it.each([{ signed: null }, { signed: 1 }, { echo: null }])(
    'throws a TypeError for %p',
    (options) => {
      const wrong = { signed: 'a=1', echo: 'a=1', ...options } as unknown;
      expect(() => explainSignature(wrong as ExplainSignatureOptions)).toThrow(TypeError);
    },
  );

  it.each([
    [{ charset: 'latin1' }, 'UNSUPPORTED_CHARSET'],
    [{ signType: 'SM2' }, 'UNSUPPORTED_SIGN_TYPE'],
    [{ privateKey: 'x' }, 'INVALID_PRIVATE_KEY'],
    [{ publicKey: 'x' }, 'INVALID_PUBLIC_KEY'],
  ])('throws for %p', (options, code) => {
    expect(() => explain(SIGNED, options)).toThrow(expect.objectContaining({ code }));
  });
});
