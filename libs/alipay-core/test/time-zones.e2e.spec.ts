import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const built = fileURLToPath(new URL('../dist/esm/index.js', import.meta.url));
const script = `
  import { prepareRequest, readPrivateKey, sign } from ${JSON.stringify(built)};
  const request = prepareRequest(
    { method: 'alipay.any.method' },
    { appId: '1', signType: 'RSA2', charset: 'utf-8' },
    new Date('2026-03-08T07:30:00Z'),
  );
  const signature = await sign(request.stringToSign, readPrivateKey(process.env.KEY));
  console.log(request.stringToSign + '\\n' + signature);
`;

describe('the time zone of the machine', () => {
  it('changes neither timestamp nor signature', () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const outputs = ['America/New_York', 'Asia/Shanghai', 'UTC'].map((zone) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, NODE_OPTIONS: '', TZ: zone, KEY: privateKey },
        encoding: 'utf8',
      }),
    );
    expect(new Set(outputs).size).toBe(1);
    expect(outputs[0]?.split('\n')[0]).toBe(
      'app_id=1&charset=utf-8&format=JSON&method=alipay.any.method&sign_type=RSA2' +
        '&timestamp=2026-03-08 15:30:00&version=1.0',
    );
    expect(outputs[0]?.split('\n')[1]).toMatch(/^[A-Za-z0-9+/]{342}==$/);
  });
});
