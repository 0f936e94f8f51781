import { createVerify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { answerOf, fakeGateway } from '../../test/fake-gateway.js';
import { TEST_PRIVATE_KEY } from '../../test/fixtures/test-key.js';
import { encryptContent, readEncryptKey } from '../encryption/index.js';
import { readPrivateKey } from '../signing/index.js';

const METHOD = 'alipay.any.method';
const MEMBER = 'alipay_any_method_response';
const KEY = 'MDEyMzQ1Njc4OWFiY2RlZg==';
const OTHER_KEY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYX';
const CONTENT = { out_no: '1' };
/** `{"out_no":"1"}` under KEY, by the Python package `cryptography`. */
const SEALED = 'k/I/luqtYWgq079xE0Q9EQ==';
const TOKEN = '20120823ac6ffaa4d2d84e7384bf983531473993';
const SUCCESS = `{"code":"10000","msg":"Success","access_token":"${TOKEN}"}`;

const sealedAnswer = (plain: string, key = KEY) =>
  answerOf(MEMBER, JSON.stringify(encryptContent(plain, readEncryptKey(key))));

describe('an encrypted call', () => {
  it('encrypts biz_content, names the encryption, and signs both', async () => {
    const { client, sent } = fakeGateway(() => sealedAnswer(SUCCESS), { encryptKey: KEY });
    const answer = await client.execute(METHOD, { bizContent: CONTENT, needEncrypt: true });
    const { sign = '', ...query } = sent[0]!.query;
    expect(query['encrypt_type']).toBe('AES');
    expect(sent[0]!.body).toEqual({ biz_content: SEALED });
    const stringToSign =
      `app_id=2014072300007148&biz_content=${SEALED}&charset=utf-8&encrypt_type=AES&format=JSON` +
      '&method=alipay.any.method&sign_type=RSA2&timestamp=2014-07-24 03:07:50&version=1.0';
    const spki = Buffer.from(readPrivateKey(TEST_PRIVATE_KEY).publicKey.spkiDer);
    const key = { key: spki, format: 'der', type: 'spki' } as const;
    expect(createVerify('sha256').update(stringToSign).verify(key, sign, 'base64')).toBe(true);
    expect(answer).toMatchObject({
      outcome: 'success',
      verified: true,
      data: { code: '10000', access_token: TOKEN },
    });
  });

  it('encrypts the bytes of its charset, and a text as it is', async () => {
    const { client, sent } = fakeGateway(() => sealedAnswer(SUCCESS), {
      encryptKey: readEncryptKey(KEY),
      charset: 'gbk',
    });
    await client.execute(METHOD, { bizContent: '{"name":"张三"}', needEncrypt: true });
    expect(sent[0]!.body).toEqual({ biz_content: 'MfiF7aUpAgFGU4WTDWJGpA==' });
  });

  it('reads an encrypted error', async () => {
    const error = '{"code":"40002","msg":"M","sub_code":"isv.invalid-parameter"}';
    const { client } = fakeGateway(() => sealedAnswer(error), { encryptKey: KEY });
    expect(await client.execute(METHOD, { bizContent: CONTENT, needEncrypt: true })).toMatchObject({
      outcome: 'caller-input',
      verified: true,
    });
  });

  it.each([
    ['caller-config', '{"code":"40002","sub_code":"isv.decryption-error-not-valid-encrypt-key"}'],
    ['caller-config', '{"code":"40001","sub_code":"isv.missing-encrypt-key"}'],
    ['caller-config', '{"code":"40002","sub_code":"isv.invalid-encrypt"}'],
    ['caller-config', '{"code":"40002","sub_code":"isv.decryption-error-unknown"}'],
    ['success', SUCCESS],
  ])('believes an answer in the clear by its signature: %s', async (outcome, value) => {
    const { client } = fakeGateway(() => answerOf(MEMBER, value), { encryptKey: KEY });
    expect(await client.execute(METHOD, { bizContent: CONTENT, needEncrypt: true })).toMatchObject({
      outcome,
      verified: true,
    });
  });

  it('is never repeated where its answer does not open, and its bytes are kept', async () => {
    const answer = sealedAnswer(SUCCESS, OTHER_KEY);
    const { client, sent } = fakeGateway(() => answer, { encryptKey: KEY });
    const failure = await client.execute(METHOD, { bizContent: CONTENT, needEncrypt: true });
    expect(failure).toMatchObject({
      outcome: 'unknown-outcome',
      reason: 'decryption-failed',
      verified: true,
      rawBody: answer.kind === 'response' ? answer.body : null,
    });
    expect(sent).toHaveLength(1);
  });

  it('needs a key, and something to encrypt, before anything is sent', async () => {
    const { client, sent } = fakeGateway(() => sealedAnswer(SUCCESS));
    await expect(
      client.execute(METHOD, { bizContent: CONTENT, needEncrypt: true }),
    ).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
      message: 'needEncrypt is set, but there is no encryptKey.',
    });
    const { client: withKey } = fakeGateway(() => sealedAnswer(SUCCESS), { encryptKey: KEY });
    await expect(withKey.execute(METHOD, { needEncrypt: true })).rejects.toThrow(
      new TypeError('needEncrypt is set, but there is no bizContent.'),
    );
    expect(sent).toEqual([]);
  });

  it('names the character that the charset cannot hold, as a call in the clear does', async () => {
    const { client } = fakeGateway(() => sealedAnswer(SUCCESS), {
      encryptKey: KEY,
      charset: 'gbk',
    });
    await expect(
      client.execute(METHOD, { bizContent: 'ab😀', needEncrypt: true }),
    ).rejects.toMatchObject({
      code: 'UNENCODABLE_CHARACTER',
      message: 'biz_content: character 3 is U+1F600 (emoji), which gbk cannot hold.',
    });
  });
});

describe('a client with a key', () => {
  it('encrypts only the calls that ask for it', async () => {
    const { client, sent } = fakeGateway(() => answerOf(MEMBER, SUCCESS), { encryptKey: KEY });
    await client.execute(METHOD, { bizContent: CONTENT });
    expect(sent[0]!.query).not.toHaveProperty('encrypt_type');
    expect(sent[0]!.body).toEqual({ biz_content: '{"out_no":"1"}' });
  });

  it('encrypts whatever has a bizContent where that is its default', async () => {
    const { client, sent } = fakeGateway(() => answerOf(MEMBER, SUCCESS), {
      encryptKey: KEY,
      needEncrypt: true,
    });
    await client.execute(METHOD, { bizContent: CONTENT });
    await client.execute(METHOD, { bizContent: CONTENT, needEncrypt: false });
    await client.execute(METHOD, { params: { grant_type: 'x' } });
    expect(sent.map(({ query, body }) => [query['encrypt_type'], body])).toEqual([
      ['AES', { biz_content: SEALED }],
      [undefined, { biz_content: '{"out_no":"1"}' }],
      [undefined, { grant_type: 'x' }],
    ]);
  });

  it.each([
    [{ needEncrypt: true }, 'INVALID_CONFIG'],
    [{ encryptKey: ' ' }, 'INVALID_CONFIG'],
    [{ encryptKey: 'c2hvcnQ=' }, 'INVALID_ENCRYPT_KEY'],
  ])('is not made from %j', (options, code) => {
    expect(() => fakeGateway(() => answerOf(MEMBER, SUCCESS), options)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
