import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_PRIVATE_KEY } from '../fixtures/test-key.js';
import { installPackage, tool, type Consumer } from './installed-package.js';

/** `printf 'app_id=1&name=张三' | openssl dgst -sha256 -sign KEY | base64`, and the same with `-sha1`. */
const RSA2 =
  'yn1TQrbKz4jTvA9csR9QTq0/nKIB2iiV3y1+IyB5oXmgLYR2u+bTAX1qVBL0+Uu0z2+t8mupCETgfvOAxYsuaegDyrDxgxukdUZ8MQVS89RmbMNhWOwRz6LTBJNWsFsT2W02bEeeoUoA+2ummY1CorWT+aGcYSn8/hoMLnEX1/Vl3FAIzu8xoku5DTY0OWHxL6My9erCwIHV4peyQilf8bJnaAc9uthIwwlfXknM6KTWI3PmW14I0GzJhO3M6WdxrENLEqB1kTsTICztOxp1JmNP/4LmQ56ioXG8xpk8E7eucX31Vvxi7rHgPXa29BqQIo1gOor0hyZWXCO7TbKToQ==';
const RSA =
  'hACCOCVFOr0+xMLwtL4iFCOsYrH8dVNv2uiv8v6oI7HnwgY1hDmOljAh9n+hkzZbCusDmXrP69Sf6huzJPNJnmt6YuOJwFUCY7isUdav2GJbv8FLn4ZG2bxmRvDR4zoFqjBktKZQ2fPk18l5N/93ed06iZb8d/uvw1vgBk7bqCfQcIhYiM8Pl6uPLfq9Gusci1mPy9AMmvGxBl1bIHOMalbEiJub0/8CuAD0coahJ5zI1FYa/yZ7MlvBabrCwkLB/F80HcL+xlExIaFX03nePMNheJXOHMdBZfvGLiBo8UGUUDutATQvrg0n67Yf2U0jVy+INTgiPwLPSID2IVdTVQ==';
/** Uses every entry, and prints one line that proves each at work. */
const USE = `
  const key = signing.readPrivateKey(KEY);
  const text = core.buildStringToSign({ name: '张三', app_id: '1', sign: 'x' });
  Promise.all([
    core.sign(text, key),
    signing.sign(text, key, { signType: 'RSA' }),
    portable.sign(text, KEY),
  ]).then((signatures) => console.log(JSON.stringify({
    signatures,
    verified: portable.verify(text, signatures[0], key.publicKey),
    found: errors.findError('NO_USER_ERROR').class,
    reason: notify.verifyNotification('a=1', { alipayPublicKey: key.publicKey }).reason,
    sameClasses: core.findError === errors.findError && core.PrivateKey === signing.PrivateKey
      && core.verifyNotification === notify.verifyNotification,
    client: typeof core.AlipayClient,
  })));`;
const USED = {
  signatures: [RSA2, RSA, RSA2],
  verified: true,
  found: 'end-user',
  reason: 'missing-signature',
  sameClasses: true,
  client: 'function',
};
const ENTRIES = [
  ['core', '@zhimaper/alipay-core'],
  ['errors', '@zhimaper/alipay-core/errors'],
  ['signing', '@zhimaper/alipay-core/signing'],
  ['notify', '@zhimaper/alipay-core/notify'],
  ['portable', '@zhimaper/alipay-core/portable'],
] as const;
const KEY = `const KEY = ${JSON.stringify(TEST_PRIVATE_KEY)};`;
const requires = ENTRIES.map(([name, from]) => `const ${name} = require('${from}');`).join('\n');
const imports = ENTRIES.map(([name, from]) => `import * as ${name} from '${from}';`).join('\n');

const TYPED = `
import { AlipayClient, type ZhimaAuthorizationResult } from '@zhimaper/alipay-core';
import { AlipayError, findError, type CatalogueEntry } from '@zhimaper/alipay-core/errors';
import { verifyNotification, type NotificationVerdict } from '@zhimaper/alipay-core/notify';
import { sign as signPortably, type SignatureEngine } from '@zhimaper/alipay-core/portable';
import { nodeSignatureEngine, readPrivateKey, sign } from '@zhimaper/alipay-core/signing';

export const engine: SignatureEngine = nodeSignatureEngine;
export const entry: CatalogueEntry | null = findError({ code: '40004' });
export const isFault = (error: unknown): error is AlipayError => error instanceof AlipayError;
export const signature: Promise<string> = sign('a=1', readPrivateKey(''), { engine });
export const portable: Promise<string> = signPortably(new Uint8Array(), '');
export const verdict = (body: Uint8Array): NotificationVerdict =>
  verifyNotification(body, { alipayPublicKey: '' });
export async function tokenOf(client: AlipayClient): Promise<string | null> {
  const result: ZhimaAuthorizationResult = await client.applyZhimaAuthorization({
    certType: 'IDENTITY_CARD', certNo: '', name: '', mobile: '',
  });
  // @ts-expect-error a failure has no token
  void result.accessToken;
  return result.outcome === 'success' ? result.accessToken : null;
}
`;
/** No type of Node.js or of a browser: what the portable entry needs is the language. */
const TYPED_PORTABLE = `
import { buildStringToSign, readPrivateKey, sign } from '@zhimaper/alipay-core/portable';
export const signature: Promise<string> = sign(buildStringToSign({ a: '1' }), readPrivateKey(''));
`;

let consumer: Consumer;
beforeAll(async () => {
  consumer = await installPackage(['@types/node', 'undici-types']);
}, 120_000);
afterAll(() => consumer.remove());

describe('the packed package', () => {
  it('pleases publint and "are the types wrong" at every entry', async () => {
    const lint = fileURLToPath(new URL('lint-package.mjs', import.meta.url));
    const output = await consumer.node(lint, consumer.installed, consumer.tarball);
    expect(JSON.parse(output)).toEqual({
      messages: [],
      problems: [],
      entrypoints: ['.', './errors', './signing', './notify', './portable', './package.json'],
    });
  }, 120_000);

  it('can be imported by an ES module', async () => {
    await consumer.write({ 'use.mjs': `${imports}\n${KEY}\n${USE}` });
    expect(JSON.parse(await consumer.node('use.mjs'))).toEqual(USED);
  });

  it('can be required by a CommonJS module', async () => {
    await consumer.write({ 'use.cjs': `${requires}\n${KEY}\n${USE}` });
    expect(JSON.parse(await consumer.node('use.cjs'))).toEqual(USED);
  });

  it('can be required in Jest, by tests in CommonJS', async () => {
    const test = `${requires}\n${KEY}
      const { Buffer } = require('node:buffer');
      test('signs', async () => {
        expect(await core.sign('app_id=1&name=张三', KEY)).toBe('${RSA2}');
        expect(await portable.sign(Buffer.from('app_id=1&name=张三'), KEY)).toBe('${RSA2}');
        expect(errors.findError('NO_USER_ERROR').class).toBe('end-user');
        expect(() => signing.readPrivateKey('')).toThrow(errors.AlipayError);
        expect(notify.verifyNotification('a=1', { alipayPublicKey: signing.readPrivateKey(KEY).publicKey }).verified).toBe(false);
      });`;
    await consumer.write({
      'jest.config.js': 'module.exports = { testMatch: ["**/use.test.js"], transform: {} };',
      'use.test.js': test,
    });
    const output = await consumer.node(tool('jest/bin/jest.js'), '--json', '--runInBand');
    expect(JSON.parse(output)).toMatchObject({
      success: true,
      numPassedTests: 1,
    });
  }, 120_000);

  it.each([
    ['node16', 'node16', ['use.mts', 'use.cts']],
    ['bundler', 'esnext', ['use.ts']],
  ])(
    'has types for TypeScript, %s',
    async (moduleResolution, module, files) => {
      const compilerOptions = {
        module,
        moduleResolution,
        target: 'es2023',
        lib: ['es2023'],
        types: ['node'],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
      };
      await consumer.write({ 'tsconfig.json': JSON.stringify({ compilerOptions, files }) });
      await consumer.write(Object.fromEntries(files.map((file) => [file, TYPED])));
      expect(await consumer.node(tool('typescript/bin/tsc'), '-p', 'tsconfig.json')).toBe('');
    },
    120_000,
  );

  it('has types of its portable entry that need no other', async () => {
    const compilerOptions = {
      module: 'esnext',
      moduleResolution: 'bundler',
      target: 'es2023',
      lib: ['es2023'],
      types: [],
      strict: true,
      noEmit: true,
    };
    const tsconfig = { compilerOptions, files: ['portable.ts'] };
    await consumer.write({
      'portable.ts': TYPED_PORTABLE,
      'tsconfig.json': JSON.stringify(tsconfig),
    });
    expect(await consumer.node(tool('typescript/bin/tsc'), '-p', 'tsconfig.json')).toBe('');
  }, 120_000);
});
