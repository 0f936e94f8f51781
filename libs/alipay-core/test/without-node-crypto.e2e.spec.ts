import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { TEST_KEY_FINGERPRINT, TEST_PRIVATE_KEY } from './fixtures/test-key.js';

const built = fileURLToPath(new URL('../dist/esm/signing/index.js', import.meta.url));
const encryption = fileURLToPath(new URL('../dist/esm/encryption/index.js', import.meta.url));
/** Takes node:crypto away before the package is loaded: by look-up, by import and by require. */
const script = `
  import { register } from 'node:module';
  const hooks = \`export function resolve(name, context, next) {
    if (/^(node:)?crypto$/.test(name)) throw new Error('no node:crypto here');
    return next(name, context);
  }\`;
  register('data:text/javascript,' + encodeURIComponent(hooks));
  const { default: Module } = await import('node:module');
  const load = Module._load;
  Module._load = (name, ...rest) => {
    if (/^(node:)?crypto$/.test(name)) throw new Error('no node:crypto here');
    return load(name, ...rest);
  };
  process.getBuiltinModule = () => undefined;
  delete globalThis.crypto;

  const core = await import(${JSON.stringify(built)});
  const key = core.readPrivateKey(process.env.KEY);
  const signature = await core.sign('a=1', key);
  const aes = await import(${JSON.stringify(encryption)});
  const encryptKey = aes.readEncryptKey('MDEyMzQ1Njc4OWFiY2RlZg==');
  const sealed = aes.encryptContent('{"out_no":"1"}', encryptKey);
  console.log(JSON.stringify({
    engine: core.defaultSignatureEngine().name,
    fingerprint: key.publicKey.fingerprint,
    verified: core.verify('a=1', signature, key.publicKey),
    forged: core.verify('a=2', signature, key.publicKey),
    sealed,
    opened: new TextDecoder().decode(aes.decryptContent(sealed, encryptKey)),
    node: await core.nodeSignatureEngine.sign(new Uint8Array(), key, 'RSA2').catch((e) => e.code),
  }));
`;

describe('a runtime without node:crypto', () => {
  it('reads keys, signs, verifies, encrypts and decrypts with jsrsasign', () => {
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, NODE_OPTIONS: '--disable-warning=DEP0205', KEY: TEST_PRIVATE_KEY },
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual({
      engine: 'jsrsasign',
      fingerprint: TEST_KEY_FINGERPRINT,
      verified: true,
      forged: false,
      sealed: 'k/I/luqtYWgq079xE0Q9EQ==',
      opened: '{"out_no":"1"}',
      node: 'INVALID_CONFIG',
    });
  });
});
