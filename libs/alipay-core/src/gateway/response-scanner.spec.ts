import { describe, expect, it } from '@jest/globals';

import { encodeText, type Charset } from '../charset/index.js';
import { scanResponse, type ScanOptions } from './response-scanner.js';

const METHOD = 'alipay.user.auth.zhimaper.inner.apply';
const MEMBER = 'alipay_user_auth_zhimaper_inner_apply_response';

function scan(answer: string | Uint8Array, options: Partial<ScanOptions> = {}) {
  const charset: Charset = options.charset ?? 'utf-8';
  const bytes = typeof answer === 'string' ? encodeText(answer, charset) : answer;
  return scanResponse(bytes, { method: METHOD, charset, ...options });
}

/** What was signed, as text; or why the scan refused. */
function signedText(answer: string | Uint8Array, options: Partial<ScanOptions> = {}): string {
  const result = scan(answer, options);
  return result.ok ? new TextDecoder().decode(result.signedBytes) : result.reason;
}

describe('scanResponse', () => {
  it("takes the document's own example apart", () => {
    const answer = `{
	"alipay_user_auth_zhimaper_inner_apply_response":{
		"msg":"Success",
		"access_token":"20120823ac6ffaa4d2d84e7384bf983531473993",
		"refresh_token":"20120823ac6ffdsdf2d84e7384bf983531473993",
		"auth_token_type":"permanent",
		"code":"10000"
	},
	"sign":"ERITJKEIJKJHKKKKKKKHJEREEEEEEEEEEE"
}`;

    const result = scan(answer);

    expect(result).toMatchObject({
      ok: true,
      memberName: MEMBER,
      sign: 'ERITJKEIJKJHKKKKKKKHJEREEEEEEEEEEE',
      alipayCertSn: null,
      charset: 'utf-8',
      value: {
        msg: 'Success',
        access_token: '20120823ac6ffaa4d2d84e7384bf983531473993',
        refresh_token: '20120823ac6ffdsdf2d84e7384bf983531473993',
        auth_token_type: 'permanent',
        code: '10000',
      },
    });
    expect(signedText(answer)).toBe(answer.slice(52, answer.indexOf(',\n\t"sign"')));
  });

  it.each([
    ['the member first', `{"${MEMBER}":{"code":"10000"},"sign":"S"}`],
    ['the signature first', `{"sign":"S","${MEMBER}":{"code":"10000"}}`],
    ['unknown members', `{"x":[{"sign":"no"}],"${MEMBER}":{"code":"10000"},"sign":"S","y":null}`],
    ['white space', `\r\n {\t"${MEMBER}" \n:\t{"code":"10000"} ,\r"sign" : "S" }\n\t `],
    ['a byte order mark', `\uFEFF{"${MEMBER}":{"code":"10000"},"sign":"S"}`],
    ['escaped names', `{"${MEMBER.replace('a', '\\u0061')}":{"code":"10000"},"s\\u0069gn":"S"}`],
    ['error_response', `{"error_response":{"code":"10000"},"sign":"S"}`],
  ])('finds the signed bytes with %s', (_name, answer) => {
    expect(signedText(answer)).toBe('{"code":"10000"}');
    expect(scan(answer)).toMatchObject({ value: { code: '10000' }, sign: 'S' });
  });

  it.each([
    '{"m":"}"}',
    '{"m":"\\"},\\"sign\\":\\"forged\\""}',
    '{"m":"\\\\"}',
    '{ "m" : [ { } , [ ] ] }',
    '{"a_response":{"sign":"inner"},"sign":"inner"}',
    '{}',
  ])('ends the signed bytes where the value ends: %s', (value) => {
    expect(signedText(`{"${MEMBER}":${value},"sign":"S"}`)).toBe(value);
  });

  it('yields the signed bytes without copying them', () => {
    const bytes = encodeText(`{"${MEMBER}":{},"sign":"S"}`, 'utf-8');
    const result = scan(bytes);

    expect(result.ok && result.signedBytes.buffer === bytes.buffer).toBe(true);
    expect(result.ok && result.signedBytes.byteOffset).toBe(50);
  });

  it('keeps the quotes of an encrypted answer in the signed bytes', () => {
    const answer = `{"${MEMBER}": "AbC+/w==" ,"sign":"S"}`;

    expect(signedText(answer)).toBe('"AbC+/w=="');
    expect(scan(answer)).toMatchObject({ value: 'AbC+/w==' });
  });

  it.each([
    ['no signature', `{"${MEMBER}":{}}`, null, null],
    ['a null signature', `{"${MEMBER}":{},"sign":null,"alipay_cert_sn":null}`, null, null],
    ['an empty signature', `{"${MEMBER}":{},"sign":"","alipay_cert_sn":""}`, null, null],
    ['a certificate', `{"alipay_cert_sn":"0f","${MEMBER}":{},"sign":"S"}`, 'S', '0f'],
  ])('reports %s', (_name, answer, sign, alipayCertSn) => {
    expect(scan(answer)).toMatchObject({ ok: true, sign, alipayCertSn });
  });

  it.each([
    ['the member', `{"${MEMBER}":{},"${MEMBER}":{},"sign":"S"}`, 53],
    ['the signature', `{"${MEMBER}":{},"sign":"S","sign":"S"}`, 64],
    ['an unknown member', `{"x":1,"${MEMBER}":{},"x":1}`, 59],
    ['an escaped name', `{"sign":"S","${MEMBER}":{},"\\u0073ign":"T"}`, 64],
    ['the error member', '{"error_response":{},"error_response":{}}', 21],
    ['__proto__', `{"__proto__":1,"${MEMBER}":{},"__proto__":1}`, 67],
  ])('refuses a root that repeats %s', (_name, answer, offset) => {
    expect(scan(answer)).toMatchObject({ ok: false, reason: 'repeated-member', offset });
  });

  it.each([
    `{"${MEMBER}":{}}x`,
    `{"${MEMBER}":{}}{}`,
    `{"${MEMBER}":{}} ,`,
    `{"${MEMBER}":{}}\u0000`,
    `{"${MEMBER}":{}}\uFEFF`,
  ])('refuses anything after the root object: %j', (answer) => {
    expect(scan(answer)).toMatchObject({ ok: false, reason: 'trailing-data' });
  });

  it.each(['{}', '{"sign":"S"}', '{"alipay_trade_query_response":{}}', '{"response":{}}'])(
    'refuses an answer without its member: %s',
    (answer) => {
      expect(signedText(answer)).toBe('missing-response-member');
    },
  );

  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['a byte order mark', '\uFEFF'],
    ['HTML', '<html><body>502 Bad Gateway</body></html>'],
    ['an array', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['both members', `{"${MEMBER}":{},"error_response":{}}`],
    ['an array as member', `{"${MEMBER}":[]}`],
    ['a number as member', `{"${MEMBER}":1}`],
    ['null as member', `{"${MEMBER}":null}`],
    ['a number as signature', `{"${MEMBER}":{},"sign":1}`],
    ['an object as signature', `{"${MEMBER}":{},"sign":{}}`],
    ['a number as serial number', `{"${MEMBER}":{},"alipay_cert_sn":1}`],
    ['a truncated answer', `{"${MEMBER}":{"code":"10000"`],
    ['a truncated text', `{"${MEMBER}":{"code":"100`],
    ['a truncated escape', `{"${MEMBER}":{"code":"100\\`],
    ['a truncated name', `{"${MEMBER}`],
  ])('refuses %s', (_name, answer) => {
    expect(signedText(answer)).toBe('malformed-response');
  });

  it('says what is wrong and where, and quotes nothing', () => {
    expect(scan(`{"${MEMBER}":{"name":"张三",}}`)).toEqual({
      ok: false,
      reason: 'malformed-response',
      detail: 'A member name is expected',
      offset: 67,
    });
    expect(scan('<html>')).toEqual({
      ok: false,
      reason: 'malformed-response',
      detail: 'Where an object is expected, something else stands',
      offset: 0,
    });
    expect(scan('{"a":')).toMatchObject({ detail: 'The answer ends too early', offset: 5 });
  });

  describe('in GBK and GB18030', () => {
    // Second bytes that a scanner unaware of the charset would take for an escape and a brace.
    const backslash = Uint8Array.of(0xd5, 0x5c);
    const brace = Uint8Array.of(0x81, 0x7d);
    const wrap = (...middle: Uint8Array[]) =>
      Buffer.concat([
        Buffer.from('{"error_response":{"sub_msg":"'),
        ...middle,
        Buffer.from('"},"sign":"S"}'),
      ]);

    it.each<[Charset, Charset]>([
      ['gbk', 'gbk'],
      ['gb2312', 'gb2312'],
      ['gb18030', 'gb18030'],
      ['utf-8', 'gb18030'],
    ])('asked for in %s, is not misled by second bytes', (charset, actual) => {
      const result = scan(wrap(backslash, brace), { charset });

      expect(result).toMatchObject({
        ok: true,
        charset: actual,
        value: { sub_msg: '誠亇' },
        sign: 'S',
      });
      expect(result.ok && Buffer.from(result.signedBytes).toString('latin1')).toBe(
        '{"sub_msg":"\u00d5\\\u0081}"}',
      );
    });

    it('reads four-byte forms, beyond the basic plane too', () => {
      const four = Uint8Array.of(0x82, 0x35, 0x94, 0x31, 0x95, 0x32, 0x82, 0x36);

      expect(scan(wrap(four), { charset: 'gb18030' })).toMatchObject({
        value: { sub_msg: '\u9fd6\u{20000}' },
      });
    });

    it('tolerates a byte order mark', () => {
      const marked = Buffer.concat([Uint8Array.of(0x84, 0x31, 0x95, 0x33), wrap(backslash)]);

      expect(scan(marked, { charset: 'gb18030' })).toMatchObject({ value: { sub_msg: '誠' } });
    });

    it('unescapes beside two-byte characters', () => {
      expect(
        scan(wrap(backslash, Buffer.from('\\n\\"'), backslash), { charset: 'gbk' }),
      ).toMatchObject({ value: { sub_msg: '誠\n"誠' } });
    });

    it('never lets a lead byte without its trail swallow a quote', () => {
      const broken = wrap(backslash, Uint8Array.of(0xd5));

      expect(scan(broken, { charset: 'gbk' })).toMatchObject({
        ok: true,
        charset: 'gb18030',
        value: { sub_msg: '誠\uFFFD' },
        sign: 'S',
      });
    });
  });

  it('reads a UTF-8 answer to a GBK request', () => {
    expect(
      scan(encodeText('{"error_response":{"sub_msg":"签"}}', 'utf-8'), { charset: 'gbk' }),
    ).toMatchObject({ charset: 'utf-8', value: { sub_msg: '签' } });
  });
});
