import { sign } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { capture } from '../../../test/support/capture.js';
import { useFolder } from '../../../test/support/folder.js';
import { personalDataIn } from '../../../test/support/gateway.js';
import { newKeyPair } from '../../../test/support/keys.js';

const at = useFolder();
const OURS = newKeyPair();
const ALIPAYS = newKeyPair();
const METHOD = 'alipay.trade.query';

interface Explained {
  about: string;
  fits: boolean | null;
  difference: { parameter: string; index: number } | null;
  causes: { code: string; certainty: string; command: string | null }[];
  error: { subCode: string } | null;
}

async function explain(
  args: readonly string[],
  options: { stdin?: string; env?: Record<string, string> } = {},
) {
  const run = await capture(['explain', '--json', ...args], options);
  return { ...run, explained: JSON.parse(run.stdout) as Explained };
}

function refusal(echo: string): string {
  const subMsg = `验签出错, 建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：${echo}`;
  const response = { code: '40002', sub_code: 'isv.invalid-signature', sub_msg: subMsg };
  return JSON.stringify({ alipay_trade_query_response: response });
}

function answer(privateKey: string): string {
  const member = '{"code":"10000"}';
  const signature = sign('sha256', Buffer.from(member), privateKey).toString('base64');
  return `{"alipay_trade_query_response":${member},"sign":"${signature}"}`;
}

describe('zhimaper explain', () => {
  it('points at the first difference of two strings', async () => {
    const run = await capture([
      'explain',
      '--signed',
      'a=1&b=张2&c=4',
      '--received',
      'a=1&b=张3&c=4',
    ]);
    expect(run.stdout.split('\n').slice(0, 5)).toEqual([
      'They part at character 7 (byte 9), in b.',
      'signed    a=1&b=张2&c=4',
      '                  ^',
      'received  a=1&b=张3&c=4',
      '                  ^',
    ]);
    expect(run.stdout).toContain('\npossible: The value sent is not the one signed.\n');
    expect(run).toMatchObject({ status: 0, stderr: '' });
  });

  it("finds the string in the gateway's answer, its escapes undone", async () => {
    const signed = 'app_id=1&timestamp=2026-11-24 16:00:00&version=1.0';
    const echo = 'app_id=1&amp;timestamp=2026-11-24 08:00:00&amp;version=1.0';
    const { explained, status } = await explain(['-', '--signed', signed], {
      stdin: refusal(echo),
    });
    expect(explained).toMatchObject({
      about: 'request',
      fits: false,
      difference: { parameter: 'timestamp', index: 30 },
      causes: [
        {
          code: 'timestamp-zone',
          command: 'zhimaper gateway apply --dry-run --input person.json --hex',
        },
      ],
      error: null,
    });
    expect(status).toBe(0);
  });

  it('says that the uploaded key is of another pair', async () => {
    await writeFile(at('uploaded.pem'), ALIPAYS.publicKey);
    const { explained } = await explain(
      ['-', '--param', 'a=1', '--app-public-key-file', at('uploaded.pem')],
      { stdin: refusal('a=1'), env: { ALIPAY_APP_PRIVATE_KEY: OURS.privateKey } },
    );
    expect(explained).toMatchObject({
      fits: true,
      causes: [
        {
          code: 'key-pair-mismatch',
          certainty: 'certain',
          command: 'zhimaper keys inspect app-private-key.pem --with app-public-key.pem',
        },
      ],
    });
  });

  it("says that one's own key stands in Alipay's place", async () => {
    const { explained } = await explain(['-', '--method', METHOD], {
      stdin: answer(ALIPAYS.privateKey),
      env: { ALIPAY_APP_PRIVATE_KEY: OURS.privateKey, ALIPAY_PUBLIC_KEY: OURS.publicKey },
    });
    expect(explained).toMatchObject({
      about: 'answer',
      fits: false,
      causes: [
        {
          code: 'own-public-key',
          command: 'zhimaper config set public-key-file alipay-public-key.pem',
        },
        {},
      ],
    });
  });

  it('says that a signature fits after all', async () => {
    const run = await capture(['explain', '-', '--method', METHOD], {
      stdin: answer(ALIPAYS.privateKey),
      env: { ALIPAY_PUBLIC_KEY: ALIPAYS.publicKey },
    });
    expect(run).toEqual({ status: 0, stdout: 'The signature fits.\n', stderr: '' });
  });

  it('explains a notification', async () => {
    const { explained } = await explain(['--notification', '-'], {
      stdin: 'a=1&sign_type=RSA2&sign=AAAA',
      env: { ALIPAY_PUBLIC_KEY: ALIPAYS.publicKey },
    });
    expect(explained).toMatchObject({
      about: 'notification',
      fits: false,
      causes: [{ code: 'damaged-signature', command: null }],
    });
  });

  const PERSON_SIGNED =
    'biz_content={"cert_no":"330701199901011311","name":"张三","mobile":"13588111111"}&charset=utf-8';

  it('hides the person unless told to reveal it', async () => {
    await writeFile(at('signed'), PERSON_SIGNED);
    const args = ['-', '--signed', `@${at('signed')}`];
    const stdin = refusal(PERSON_SIGNED.replace('张三', '李三'));
    const hidden = await explain(args, { stdin });
    expect(personalDataIn(hidden.stdout + hidden.stderr)).toBeNull();
    expect(hidden.explained.difference).toMatchObject({ parameter: 'biz_content' });
    expect((await explain([...args, '--reveal'], { stdin })).stdout).toContain('张三');
  });

  it('warns of personal data on the command line', async () => {
    const { stderr } = await explain(['--signed', PERSON_SIGNED, '--received', 'a=1']);
    expect(stderr).toMatch(/^warning: personal data or a secret stands on the command line/);
  });

  it.each([
    ['an answer', refusal('a=1'), 'isv.invalid-signature'],
    [
      'a problem of the api',
      '{"gateway":{"code":"40004","subCode":"NO_USER_ERROR"}}',
      'NO_USER_ERROR',
    ],
    ['a log line', 'ERROR apply failed: isv.invalid-app-id at 12:00', 'isv.invalid-app-id'],
  ])('looks up the code in %s', async (_what, stdin, subCode) => {
    const { explained } = await explain(['-'], { stdin });
    expect(explained).toMatchObject({ about: 'error', fits: null, error: { subCode } });
  });

  it('says that it knows nothing in a text', async () => {
    const { explained, status } = await explain(['-'], { stdin: 'It just failed.' });
    expect(explained).toEqual({
      about: null,
      fits: null,
      difference: null,
      causes: null,
      error: null,
    });
    expect(status).toBe(5);
  });

  it.each([
    [[], 2],
    [['-', '--received', 'x'], 2],
    [['-', '--signed', 'x', '--method', METHOD], 2],
    [['-', '--method', METHOD], 78],
  ])('refuses %j', async (args, status) => {
    expect((await explain(args, { stdin: 'x' })).status).toBe(status);
  });
});
