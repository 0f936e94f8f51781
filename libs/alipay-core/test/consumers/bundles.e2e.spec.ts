import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build, type BuildOptions } from 'esbuild';
import { TEST_CERTIFICATE, TEST_PRIVATE_KEY } from '../fixtures/test-key.js';
import { installPackage, type Consumer } from './installed-package.js';

/** `printf 'app_id=1&name=张三' | openssl dgst -sha256 -sign KEY | base64`. */
const SIGNATURE =
  'yn1TQrbKz4jTvA9csR9QTq0/nKIB2iiV3y1+IyB5oXmgLYR2u+bTAX1qVBL0+Uu0z2+t8mupCETgfvOAxYsuaegDyrDxgxukdUZ8MQVS89RmbMNhWOwRz6LTBJNWsFsT2W02bEeeoUoA+2ummY1CorWT+aGcYSn8/hoMLnEX1/Vl3FAIzu8xoku5DTY0OWHxL6My9erCwIHV4peyQilf8bJnaAc9uthIwwlfXknM6KTWI3PmW14I0GzJhO3M6WdxrENLEqB1kTsTICztOxp1JmNP/4LmQ56ioXG8xpk8E7eucX31Vvxi7rHgPXa29BqQIo1gOor0hyZWXCO7TbKToQ==';

let consumer: Consumer;
beforeAll(async () => {
  consumer = await installPackage([]);
}, 120_000);
afterAll(() => consumer.remove());

async function bundle(contents: string, options: BuildOptions) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: consumer.dir },
    absWorkingDir: consumer.dir,
    bundle: true,
    write: false,
    metafile: true,
    logLevel: 'silent',
    ...options,
  });
  const inputs = Object.keys(metafile!.inputs);
  const [file] = outputFiles!;
  return { code: file!.text, bytes: file!.contents.length, inputs };
}

describe('a bundle of ./portable for a neutral platform', () => {
  it('signs in a bare context, where there is nothing but the language', async () => {
    const { code, inputs } = await bundle(`export * from '@zhimaper/alipay-core/portable';`, {
      platform: 'neutral',
      mainFields: ['main'],
      format: 'iife',
      globalName: 'portable',
    });
    const packages = inputs.filter((path) => !/\/dist\/esm\/(errors|signing|unicode)\//.test(path));
    expect(packages.map((path) => path.replace(/^.*node_modules\//, '')).sort()).toEqual([
      '<stdin>',
      '@zhimaper/alipay-core/dist/esm/errors.js',
      '@zhimaper/alipay-core/dist/esm/portable.js',
      'jsrsasign/lib/jsrsasign.js',
    ]);

    // Looked up through the context at every use, Math would slow the arithmetic down thirtyfold.
    const context = createContext({ KEY: TEST_PRIVATE_KEY, CERTIFICATE: TEST_CERTIFICATE, Math });
    const found = (await runInContext(
      `${code}
      const { publicKey } = portable.readPrivateKey(KEY);
      const text = portable.buildStringToSign({ name: '张三', app_id: '1' });
      portable.sign(text, KEY).then((signature) => JSON.stringify({
        globals: [typeof process, typeof Buffer, typeof TextEncoder, typeof crypto, typeof require],
        signature,
        verified: portable.verify(text, signature, publicKey),
        forged: portable.verify(text + '0', signature, publicKey),
        serialNumber: portable.certificateSerialNumber(CERTIFICATE),
        found: portable.findError('NO_USER_ERROR').class,
      }))`,
      context,
    )) as string;
    expect(JSON.parse(found)).toEqual({
      globals: ['undefined', 'undefined', 'undefined', 'undefined', 'undefined'],
      signature: SIGNATURE,
      verified: true,
      forged: false,
      // MD5 over `CN=test` and the serial number that `openssl x509 -serial` shows, in decimal.
      serialNumber: '29bea51b623819698390bef1bb18c34f',
      found: 'end-user',
    });
  }, 60_000);
});

describe('a bundle of one function', () => {
  it.each([
    ['buildStringToSign', '@zhimaper/alipay-core', 1_000],
    ['buildStringToSign', '@zhimaper/alipay-core/portable', 1_000],
    // The catalogue itself.
    ['findError', '@zhimaper/alipay-core', 75_000],
    ['findError', '@zhimaper/alipay-core/errors', 75_000],
  ])('of %s from %s has at most so many bytes: %i', async (name, from, most) => {
    const { code, bytes } = await bundle(`export { ${name} } from '${from}';`, {
      platform: 'node',
      format: 'esm',
      minify: true,
    });
    expect(code).toContain(`${name}`);
    expect(bytes).toBeLessThan(most);
  });
});

describe('./errors', () => {
  it('loads nothing but itself', async () => {
    const { inputs } = await bundle(`export * from '@zhimaper/alipay-core/errors';`, {
      platform: 'neutral',
      format: 'esm',
    });
    const others = inputs.filter((path) => !/alipay-core\/dist\/esm\/errors(\/|\.js$)/.test(path));
    expect(others).toEqual(['<stdin>']);
  });
});
