import { describe, expect, it } from '@jest/globals';
import { capture } from '../../../test/support/capture.js';
import { personalDataIn, personJson } from '../../../test/support/gateway.js';
import { newKeyPair } from '../../../test/support/keys.js';

const app = newKeyPair();
const alipay = newKeyPair();

const APPLY = ['gateway', 'apply', '--json'];
/** Complete, with a gateway that would answer nothing: whatever is refused here was not sent. */
const env = {
  ALIPAY_APP_ID: '2014072300007148',
  ALIPAY_APP_PRIVATE_KEY: app.privateKey,
  ALIPAY_PUBLIC_KEY: alipay.publicKey,
  ALIPAY_GATEWAY_URL: 'http://127.0.0.1:1/gateway.do',
};

function resultOf(outcome: string, subCode: string | null = null): string {
  return `${JSON.stringify({
    outcome,
    accessToken: null,
    refreshToken: null,
    authTokenType: null,
    code: null,
    subCode,
    traceId: null,
  })}\n`;
}

describe('zhimaper gateway apply, before anything is sent', () => {
  it.each([
    ['certNo', 'CERT_NO_IS_NULL'],
    ['certType', 'CERT_TYPE_IS_NULL'],
    ['name', 'NAME_IS_NULL'],
    ['mobile', 'MOBILE_IS_NULL'],
  ])("refuses an empty %s with the document's code", async (field, subCode) => {
    const stdin = personJson({ [field]: '' });
    const run = await capture([...APPLY, '--input', '-'], { env, stdin });
    expect(run.stdout).toBe(resultOf('invalid-input', subCode));
    expect(run.stderr).toBe(
      'error: The input was refused; nothing was sent.\n' +
        `  ${field} is required (${subCode})\n` +
        'next:  Correct the listed fields and call again.\n',
    );
    expect(run.status).toBe(2);
  });

  it('refuses a wrong check digit when strict', async () => {
    const run = await capture([...APPLY, '--input', '-', '--strict'], { env, stdin: personJson() });
    expect(run.stdout).toBe(resultOf('invalid-input', 'CERT_NO_CHECK_DIGIT'));
    expect(run.status).toBe(2);
  });

  it('refuses a long name, unless told to send it', async () => {
    const stdin = personJson({ name: '阿卜杜热合曼·阿卜杜热合曼·买买提' });
    const refused = await capture([...APPLY, '--input', '-'], { env, stdin });
    expect(refused.stdout).toBe(resultOf('invalid-input', 'NAME_TOO_LONG'));
    const sent = await capture([...APPLY, '--input', '-', '--allow-long-name'], { env, stdin });
    expect(sent.stdout).toBe(resultOf('not-sent'));
  });

  it.each([
    [['--nmae=张三'], "error: unknown option '--nmae'"],
    [['330701199901011311'], "error: too many arguments for 'apply'"],
    [['--reveal'], 'error: --reveal belongs to --dry-run.'],
  ])('calls %j wrong usage', async (args, message) => {
    const run = await capture([...APPLY, ...args], { env });
    expect(run.stderr).toContain(message);
    expect(personalDataIn(run.stderr)).toBeNull();
    expect(run.stdout).toBe(resultOf('invalid-usage'));
    expect(run.status).toBe(2);
  });

  it('quotes nothing of an input that is not JSON', async () => {
    const stdin = '{"name":"张三" 13588111111}';
    const run = await capture([...APPLY, '--input', '-'], { env, stdin });
    expect(run.stderr).toContain('error: stdin is not valid JSON (line 1, column 14).');
    expect(personalDataIn(run.stderr)).toBeNull();
    expect(run.stdout).toBe(resultOf('invalid-input'));
  });

  it.each([
    ["the application's own public key", app.publicKey],
    ['no key at all', 'not a key'],
    ['a private key', alipay.privateKey],
  ])("refuses %s in the place of Alipay's", async (_what, key) => {
    const run = await capture([...APPLY, '--input', '-'], {
      env: { ...env, ALIPAY_PUBLIC_KEY: key },
      stdin: personJson(),
    });
    expect(run.stdout).toBe(resultOf('caller-config'));
    expect(run.status).toBe(78);
    expect(run.stderr).not.toMatch(/[A-Za-z0-9+/]{40}/);
  });

  it('refuses a content encryption key that is none, and shows nothing of it', async () => {
    const run = await capture([...APPLY, '--input', '-'], {
      env: { ...env, ALIPAY_ENCRYPT_KEY: 'c2VjcmV0IGtleQ==' },
      stdin: personJson(),
    });
    expect(run.stderr).toContain(
      "  ALIPAY_ENCRYPT_KEY holds no usable key: Found base64 of 10 bytes, wanted the application's AES key",
    );
    expect(run.stderr).not.toContain('c2VjcmV0');
    expect(run.status).toBe(78);
  });

  it('reports every fault of configuration and input at once; the worst decides', async () => {
    const run = await capture([...APPLY, '--input', '-'], {
      stdin: personJson({ name: '' }),
      env: {
        ALIPAY_TIMEOUT_MS: 'soon',
        ALIPAY_GATEWAY_URL: 'ftp://x',
        ALIPAY_CHARSET: 'latin1',
        ALIPAY_APP_PRIVATE_KEY_FILE: '/absent.pem',
      },
    });
    expect(run.stdout).toBe(resultOf('caller-config'));
    expect(run.stderr).toContain('  ALIPAY_GATEWAY_URL is not an http or https URL.\n');
    expect(run.stderr).toContain('  ALIPAY_CHARSET is wrong: ');
    expect(run.stderr).toContain('  ALIPAY_TIMEOUT_MS is not a whole number of milliseconds.\n');
    expect(run.stderr).toContain(
      '  ALIPAY_APP_PRIVATE_KEY_FILE names a file that does not serve: /absent.pem cannot be read: there is no such file.\n',
    );
    expect(run.stderr).toContain('  ALIPAY_PUBLIC_KEY or ALIPAY_PUBLIC_KEY_FILE must be set');
    expect(run.stderr).toContain("  ALIPAY_APP_ID must be set: the application's id.\n");
    expect(run.stderr).toContain('  name is required (NAME_IS_NULL)\n');
    expect(run.status).toBe(78);
  });

  it('refuses a key that is given twice', async () => {
    const run = await capture([...APPLY, '--input', '-'], {
      env: { ...env, ALIPAY_PUBLIC_KEY_FILE: 'x.pem' },
      stdin: personJson(),
    });
    expect(run.stderr).toContain('  ALIPAY_PUBLIC_KEY and ALIPAY_PUBLIC_KEY_FILE are both set');
  });

  it('says that an interruption came before anything was sent', async () => {
    const interrupt = new AbortController();
    interrupt.abort('SIGINT');
    const person = ['--name', '张三', '--cert-no', '330701199901011311', '--mobile', '13588111111'];
    const run = await capture([...APPLY, ...person], { env, signal: interrupt.signal });
    expect(run.stderr).toContain('error: Interrupted; nothing was sent.');
    expect(run.stdout).toBe(resultOf('interrupted'));
    expect(run.status).toBe(130);
  });
});
