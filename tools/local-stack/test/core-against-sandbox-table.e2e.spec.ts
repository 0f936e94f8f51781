import { execFile } from 'node:child_process';
import { createVerify } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AlipayClient,
  buildStringToSign,
  certificateSerialNumber,
  type GatewayClientOptions,
} from '@zhimaper/alipay-core';
import {
  createGatewaySandbox,
  type GatewaySandbox,
  type LedgerSnapshot,
  type SandboxCertificates,
} from '@zhimaper/gateway-sandbox';
import { startRecordingProxy, type RecordingProxy } from './support/recording-proxy.js';

const METHOD = 'alipay.user.auth.zhimaper.inner.apply';
const ENCRYPT_KEY = 'MDEyMzQ1Njc4OWFiY2RlZg==';
/** The interface document's example. */
const PERSON = {
  certNo: '330701199901011311',
  certType: 'IDENTITY_CARD',
  name: '张三',
  mobile: '13588111111',
} as const;
/** The answer to this one holds the member twice, the second one not signed. */
const FORGED_MOBILE = '13588111112';
const FORGED_MEMBER = `"alipay_user_auth_zhimaper_inner_apply_response":{"code":"10000","msg":"Success","access_token":"forged","refresh_token":"forged"}`;

/** Issued by `C=CN, O=Foo, Inc, CN=Test CA`, serial number 4711; by `openssl req -x509`. */
const COMMA_IN_ISSUER = `-----BEGIN CERTIFICATE-----
MIICMDCCAZmgAwIBAgICEmcwDQYJKoZIhvcNAQELBQAwMjELMAkGA1UEBhMCQ04x
ETAPBgNVBAoMCEZvbywgSW5jMRAwDgYDVQQDDAdUZXN0IENBMCAXDTI2MTEyNTAx
NDQyNloYDzIxMjYxMTAxMDE0NDI2WjAyMQswCQYDVQQGEwJDTjERMA8GA1UECgwI
Rm9vLCBJbmMxEDAOBgNVBAMMB1Rlc3QgQ0EwgZ8wDQYJKoZIhvcNAQEBBQADgY0A
MIGJAoGBAOZ2uLzGVJejIPHfkDABo05vyvjqHzRCKmv8tZS3BfQTyT+H+4ls5pMX
g5eOF4IsAuA+uZJAq/BAiA4TGCDWP+BpTQ9spyhymi8mHIc5ac76GS2h0WANR//v
Yd2go2m134ykN/Ae6oii1a5nddo+NtGFB2y44prOw1lxBBIELwo7AgMBAAGjUzBR
MB0GA1UdDgQWBBSeI2J9r3wj04DOxalC4BAX6qjl/jAfBgNVHSMEGDAWgBSeI2J9
r3wj04DOxalC4BAX6qjl/jAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUA
A4GBAGOwXogzAH4BWotX8v2X9oqoxpYGL4vUnF+jgJM7I7sa1xwAz1fMNi57G1jY
7jeD4UL1bldWCgWNB4MGMHHKBfFhLNtU/rTAiABbN239ifSHArFgpl6Kixn4mL+X
9tz30WaoYmknQwvZ4uk0O0Az66/ATjfi+E5pCpda7vJZgPfD
-----END CERTIFICATE-----
`;

interface Row {
  mode: 'key' | 'certificate';
  content: 'clear' | 'AES';
  signType: 'RSA' | 'RSA2';
}

const ROWS: Row[] = (['key', 'certificate'] as const).flatMap((mode) =>
  (['clear', 'AES'] as const).flatMap((content) =>
    (['RSA2', 'RSA'] as const).map((signType) => ({ mode, content, signType })),
  ),
);
const CHARSETS = ['utf-8', 'gbk', 'gb2312', 'gb18030'];

let sandbox: GatewaySandbox;
let proxy: RecordingProxy;
let certificates: SandboxCertificates;
const clients: AlipayClient[] = [];

interface SdkResult {
  accessToken: string | null;
  subCode: string | null;
  error: string | null;
  appCertSn: string | null;
}
let sdkResults: SdkResult[];
let sdkRequests: Record<string, string>[];
let sdkLedger: LedgerSnapshot;

beforeAll(async () => {
  sandbox = await createGatewaySandbox({ encryptKey: ENCRYPT_KEY });
  proxy = await startRecordingProxy(sandbox.gatewayUrl);
  proxy.rewrite(FORGED_MOBILE, (answer) => answer.replace(/\}$/, `,${FORGED_MEMBER}}`));
  certificates = await sandbox.certificates();
  sdkResults = await applyWithSdk();
  sdkRequests = [...proxy.recorded];
  sdkLedger = sandbox.ledger();
}, 120_000);
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await proxy.close();
  await sandbox.close();
});

/** All that is asked of the official SDK, in one process that lives in the gateway's zone. */
async function applyWithSdk(): Promise<SdkResult[]> {
  const rows = ROWS.map(({ mode, content, signType }) => ({
    signType,
    ...(mode === 'certificate' ? { certificates } : {}),
    // It cannot verify an encrypted answer: see below.
    ...(content === 'AES' ? { encryptKey: ENCRYPT_KEY, validateSign: false } : {}),
  }));
  const faults = [
    { signType: 'RSA2', encryptKey: ENCRYPT_KEY },
    { signType: 'RSA2', charset: 'gbk' },
    { signType: 'RSA2', mobile: FORGED_MOBILE },
    { signType: 'RSA2', certificates: { ...certificates, appCert: COMMA_IN_ISSUER } },
  ];
  const table = {
    gateway: proxy.url,
    appId: sandbox.appId,
    privateKey: sandbox.keys.appPrivateKey,
    alipayPublicKey: sandbox.keys.alipayPublicKey,
    method: METHOD,
    person: PERSON,
    rows: [...rows, ...faults],
  };
  const script = fileURLToPath(new URL('support/official-sdk-table.mjs', import.meta.url));
  const env = { ...process.env, TZ: 'Asia/Shanghai', SDK_TABLE: JSON.stringify(table) };
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
  return JSON.parse(stdout) as SdkResult[];
}

function connect({ mode, content, signType }: Row, options: Partial<GatewayClientOptions> = {}) {
  const trust =
    mode === 'key'
      ? { alipayPublicKey: sandbox.keys.alipayPublicKey }
      : {
          appCertificate: certificates.appCert,
          alipayCertificate: certificates.alipayCert,
          alipayRootCertificate: certificates.alipayRootCert,
        };
  const client = new AlipayClient({
    appId: sandbox.appId,
    privateKey: sandbox.keys.appPrivateKey,
    gatewayUrl: proxy.url,
    signType,
    timeoutMs: 10_000,
    ...trust,
    ...(content === 'AES' ? { encryptKey: ENCRYPT_KEY, needEncrypt: true } : {}),
    ...options,
  });
  clients.push(client);
  return client;
}

describe('our client and the official SDK', () => {
  it.each(ROWS.map((row, at) => ({ ...row, at })))(
    'send the same bytes in $mode mode, content $content, $signType',
    async ({ at, ...row }) => {
      const theirs = sdkRequests[at]!;
      const { accessToken } = sdkLedger.tokens[at]!;
      expect(sdkResults[at]).toMatchObject({ accessToken, error: null });

      const sentAt = new Date(`${theirs['timestamp']!.replace(' ', 'T')}+08:00`);
      const result = await connect(row, { clock: () => sentAt }).applyZhimaAuthorization(PERSON);
      expect(result).toMatchObject({ outcome: 'success', verified: true });
      const ours = proxy.recorded.at(-1)!;

      // Each parameter, and among them the ciphertext and the signature.
      expect(ours).toEqual(theirs);
      expect(Object.keys(ours).sort()).toEqual(
        [
          ...(row.mode === 'certificate' ? ['alipay_root_cert_sn', 'app_cert_sn'] : []),
          ...['app_id', 'biz_content', 'charset', 'format', 'method', 'sign', 'sign_type'],
          ...['timestamp', 'version'],
          ...(row.content === 'AES' ? ['encrypt_type'] : []),
        ].sort(),
      );
      // The text that our rules make of what the SDK sent is the one that the SDK signed.
      const digest = row.signType === 'RSA' ? 'RSA-SHA1' : 'RSA-SHA256';
      const verifier = createVerify(digest).update(buildStringToSign(theirs));
      expect(verifier.verify(sandbox.keys.appPublicKey, theirs['sign']!, 'base64')).toBe(true);
    },
  );

  it('encrypt to the same text', () => {
    const encrypted = sdkRequests.filter(({ encrypt_type }) => encrypt_type === 'AES');
    // printf '%s' JSON | openssl enc -aes-128-cbc -K 30313233343536373839616263646566 -iv 0 | base64
    expect(new Set(encrypted.map(({ biz_content }) => biz_content))).toEqual(
      new Set([
        't6GzkLzauV+H8E37ud6kvnAYBFz92ri8cvDg75TLqxFRi7Oom0prkdO/JQ9OEPuwJt1u0ocpIzZGxk0ue/Kx3QNsaYSNbaLh+QZCD/zW8hQr+Ws3OiRd11bN8iLz+9J0CYFKy3jhzfQlv7f5ljPbFw==',
      ]),
    );
  });
});

describe('our client in every mode', () => {
  it.each(ROWS.flatMap((row) => CHARSETS.map((charset) => ({ ...row, charset }))))(
    '$mode, content $content, $charset, $signType',
    async ({ charset, ...row }) => {
      sandbox.reset();
      const result = await connect(row, { charset }).applyZhimaAuthorization(PERSON);
      const { requests, tokens } = sandbox.ledger();
      expect(requests).toMatchObject([
        {
          verdict: 'accepted',
          outcome: 'success',
          name: '张三',
          certNo: '330701199901011311',
          mobile: '13588111111',
          charset,
          signType: row.signType,
          mode: row.mode,
          encrypted: row.content === 'AES',
        },
      ]);
      expect(result).toMatchObject({
        outcome: 'success',
        verified: true,
        accessToken: tokens[0]!.accessToken,
        refreshToken: tokens[0]!.refreshToken,
      });
    },
  );
});

describe('what the official SDK does otherwise', () => {
  const [encrypted, gbk, forged, comma] = [0, 1, 2, 3].map((at) => ROWS.length + at);
  const IN_THE_CLEAR: Row = { mode: 'key', content: 'clear', signType: 'RSA2' };

  it('cannot verify an encrypted answer, where it looks for braces', () => {
    expect(sdkResults[encrypted!]).toMatchObject({ accessToken: null, error: '验签失败' });
  });

  it('writes and signs UTF-8 whatever the charset, so that another name arrives', () => {
    expect(sdkRequests[gbk!]).toMatchObject({ charset: 'gbk' });
    // The UTF-8 bytes of 张三, read as GBK.
    expect(sdkLedger.requests[gbk!]).toMatchObject({ verdict: 'accepted', name: '寮犱笁' });
  });

  it('verifies the first of two members and returns the second', async () => {
    expect(sdkResults[forged!]).toMatchObject({ accessToken: 'forged', error: null });
    const person = { ...PERSON, mobile: FORGED_MOBILE };
    expect(await connect(IN_THE_CLEAR).applyZhimaAuthorization(person)).toMatchObject({
      outcome: 'unknown-outcome',
      verified: false,
    });
  });

  it("leaves a comma in an issuer's name as it is", () => {
    // MD5 over 'CN=Test CA,O=Foo, Inc,C=CN4711'
    expect(sdkResults[comma!]!.appCertSn).toBe('61dc1ab7b0b85e153cff04200c8b7533');
    // MD5 over 'CN=Test CA,O=Foo\, Inc,C=CN4711', as the JDK writes the name
    expect(certificateSerialNumber(COMMA_IN_ISSUER)).toBe('f087fc1269d36086a7987598949e49e1');
  });
});
