import { createDecipheriv, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { capture } from '../../../test/support/capture.js';
import { personalDataIn, personJson } from '../../../test/support/gateway.js';

const DRY_RUN = ['gateway', 'apply', '--dry-run', '--json', '--input', '-'];
const APP = { ALIPAY_APP_ID: '2014072300007148' };

const BIZ_CONTENT =
  '{"cert_no":"330701199901011311","cert_type":"IDENTITY_CARD","name":"张三","mobile":"13588111111"}';
const STRING_TO_SIGN =
  `app_id=2014072300007148&biz_content=${BIZ_CONTENT}&charset=utf-8&format=JSON` +
  '&method=alipay.user.auth.zhimaper.inner.apply&sign_type=RSA2&timestamp=2026-11-24 16:00:00&version=1.0';

interface DryRun {
  stringToSign: string;
  signature: string | null;
  url: string;
  body: string;
}

describe('zhimaper gateway apply --dry-run', () => {
  it('shows the whole request without any key', async () => {
    const run = await capture([...DRY_RUN, '--reveal'], { stdin: personJson(), env: APP });
    expect(JSON.parse(run.stdout)).toEqual({
      stringToSign: STRING_TO_SIGN,
      byteLength: 263,
      charset: 'utf-8',
      signType: 'RSA2',
      signature: null,
      url:
        'https://openapi.alipay.com/gateway.do?app_id=2014072300007148&method=alipay.user.auth.zhimaper.inner.apply' +
        '&format=JSON&charset=utf-8&sign_type=RSA2&timestamp=2026-11-24%2016%3A00%3A00&version=1.0',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body:
        'biz_content=%7B%22cert_no%22%3A%22330701199901011311%22%2C%22cert_type%22%3A%22IDENTITY_CARD%22%2C' +
        '%22name%22%3A%22%E5%BC%A0%E4%B8%89%22%2C%22mobile%22%3A%2213588111111%22%7D',
      masked: false,
      bytesHex: null,
    });
    expect(run.status).toBe(0);
  });

  it('masks the person and the merchant authorisation unless told to reveal them', async () => {
    const run = await capture(DRY_RUN, {
      stdin: personJson(),
      env: { ...APP, ALIPAY_APP_AUTH_TOKEN: '201208BB_token' },
    });
    const shown = JSON.parse(run.stdout) as DryRun;
    expect(shown.stringToSign).toContain(
      '"cert_no":"330***********1311","cert_type":"IDENTITY_CARD","name":"*三","mobile":"135****1111"',
    );
    expect(shown.stringToSign).toContain('app_auth_token=[redacted]&');
    expect(shown).toMatchObject({ masked: true });
    expect(personalDataIn(run.stdout + run.stderr)).toBeNull();
    expect(run.stdout).not.toContain('201208BB');
    expect(run.status).toBe(0);
  });

  it('encrypts the business content where there is a key for it', async () => {
    const run = await capture([...DRY_RUN, '--reveal'], {
      stdin: personJson(),
      env: { ...APP, ALIPAY_ENCRYPT_KEY: 'MDEyMzQ1Njc4OWFiY2RlZg==' },
    });
    const shown = JSON.parse(run.stdout) as DryRun;
    const [, sealed = ''] = /&biz_content=([^&]+)&/.exec(shown.stringToSign) ?? [];
    const decipher = createDecipheriv('aes-128-cbc', '0123456789abcdef', Buffer.alloc(16));
    const opened = decipher.update(sealed, 'base64', 'utf8') + decipher.final('utf8');
    expect(opened).toBe(BIZ_CONTENT);
    expect(shown.url).toContain('&encrypt_type=AES');
    expect(shown.body).toBe(`biz_content=${encodeURIComponent(sealed)}`);
    expect(run.stdout).not.toContain('MDEyMzQ1');
    expect(run.status).toBe(0);
  });

  it('signs the real request where a key is there, masked or not', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const env = {
      ...APP,
      ALIPAY_APP_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    for (const more of [[], ['--reveal']]) {
      const run = await capture([...DRY_RUN, ...more], { stdin: personJson(), env });
      const { signature, url } = JSON.parse(run.stdout) as DryRun;
      const bytes = Buffer.from(signature ?? '', 'base64');
      expect(verify('sha256', Buffer.from(STRING_TO_SIGN), publicKey, bytes)).toBe(true);
      expect(new URL(url).searchParams.get('sign')).toBe(signature);
    }
  });

  it('encodes in the charset asked for', async () => {
    const env = { ...APP, ALIPAY_CHARSET: 'GBK', ALIPAY_SIGN_TYPE: 'rsa' };
    const run = await capture([...DRY_RUN, '--reveal'], { stdin: personJson(), env });
    const shown = JSON.parse(run.stdout) as DryRun;
    expect(shown.body).toContain('%22name%22%3A%22%D5%C5%C8%FD%22');
    expect(shown).toMatchObject({ charset: 'gbk', signType: 'RSA', byteLength: 258 });
  });

  it('warns where the request lacks its app_id', async () => {
    const run = await capture(DRY_RUN, { stdin: personJson() });
    expect(run.stderr).toContain('warning: ALIPAY_APP_ID is not set: the request has no app_id.');
    expect(run.status).toBe(0);
  });

  it('refuses a character that the charset cannot hold, without quoting the rest', async () => {
    const env = { ...APP, ALIPAY_CHARSET: 'gbk' };
    const run = await capture(DRY_RUN, { stdin: personJson({ name: '张🀄' }), env });
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('U+1F004');
    expect(personalDataIn(run.stderr)).toBeNull();
    expect(run.stdout).toContain('"outcome":"invalid-input"');
  });

  it('refuses wrong input and a wrong key as a real application would', async () => {
    expect((await capture(DRY_RUN, { stdin: '{}' })).status).toBe(2);
    const env = { ALIPAY_APP_PRIVATE_KEY: 'not a key' };
    expect((await capture(DRY_RUN, { stdin: personJson(), env })).status).toBe(78);
  });
});
