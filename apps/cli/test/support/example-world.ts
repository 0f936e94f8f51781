import { createServer } from 'node:http';
import { createSign } from 'node:crypto';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalStack } from '@zhimaper/local-stack';
import { capture } from './capture.js';
import { newKeyPair } from './keys.js';
import { installProgram, writeProgram } from './programs.js';
import { csvOf } from './rows.js';
import { applicationJson } from './stack.js';

/** People of a file or a batch: more than are applied for at once. */
const ROWS = 20;
const NOBODY = 'NO_USER_ERROR';
const ID = '0193579b-df00-7000-8000-00000000000';
const UNKNOWN_OUTCOME_MOBILE = '13800000006';
const SLOW_MOBILE = '13588119999';

/** What the examples of helps and READMEs take for granted: files, programs, settings and what the api has. */
export class ExampleWorld {
  #people = 7000;

  private constructor(
    readonly env: Record<string, string>,
    private readonly stack: LocalStack,
    private readonly files: Readonly<Record<string, string>>,
  ) {}

  static async create(stack: LocalStack, folder: string): Promise<ExampleWorld> {
    const PATH = await installProgram(folder);
    // Stands for any program that opens a file which lies encrypted.
    await writeProgram(join(folder, 'age'), 'exec cat "$2"');
    const keys = (name: string) => join(stack.keysDir, name);
    const env = {
      PATH,
      LC_ALL: 'C.UTF-8',
      ZHIMAPER_API_URL: stack.api,
      ZHIMAPER_API_KEY: stack.apiKey,
      ALIPAY_GATEWAY_URL: stack.gateway,
      ALIPAY_APP_ID: stack.appId,
      ALIPAY_APP_PRIVATE_KEY_FILE: keys('app-private-key.pem'),
      ALIPAY_PUBLIC_KEY_FILE: keys('alipay-public-key.pem'),
    };
    return new ExampleWorld(env, stack, await signedFiles(stack, env));
  }

  /** Makes a folder in which the examples of a command can run. */
  async prepare(folder: string, path: string): Promise<Record<string, string>> {
    await mkdir(folder, { recursive: true });
    const env = { ...this.env, HOME: folder, XDG_CONFIG_HOME: join(folder, '.config') };
    // It would not replace the keys that the others need.
    if (path === 'keys generate') return env;
    await cp(this.stack.keysDir, folder, { recursive: true });
    const { certNo } = JSON.parse(this.#application()) as { certNo: string };
    const files = {
      ...this.files,
      'application.json': this.#application(),
      'person.json.age': this.#person(),
      'person.json': this.#person(),
      'cert-no.age': `${certNo}\n`,
      'request.json': '{"out_trade_no":"4711"}',
      'people.csv': this.#rows(),
      'people.jsonl.age': `${this.#application()}\n`,
      'error.txt': `sub_code=${NOBODY}\n`,
      'parameters.json': JSON.stringify({
        grant_type: 'refresh_token',
        refresh_token: await this.#refreshToken(),
      }),
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return env;
  }

  /** Puts what is there in the place of an example's ids and ports. */
  async fill(example: string): Promise<string> {
    let filled = example.replace('--port 4000', '--port 0').replace('npx zhimaper', 'zhimaper');
    if (filled.includes(`${ID}1`)) {
      filled = filled.replace(`${ID}1`, await this.#authorization(filled.includes(' resolve ')));
    }
    if (filled.includes(`${ID}3`)) {
      const running = / (pause|resume|cancel) /.test(filled);
      filled = filled.replace(`${ID}3`, await this.#batch(running));
    }
    if (filled.includes(`${ID}2`)) filled = filled.replace(`${ID}2`, await this.#apiKey());
    if (filled.includes('--anchor')) {
      const { head } = await this.#ask<{ head: { seal: number; digest: string } }>(
        'audit',
        'verify',
      );
      filled = filled.replace(/\d+:[\da-f]{64}/, `${head.seal}:${head.digest}`);
    }
    return filled;
  }

  #person(): string {
    return JSON.stringify({ certNo: '330701199901011311', name: '张三', mobile: '13588111111' });
  }

  #application(mobile = '13588111111'): string {
    this.#people += 1;
    return applicationJson(this.#people, { mobile });
  }

  async #authorization(unknown: boolean): Promise<string> {
    const stdin = unknown ? this.#application(UNKNOWN_OUTCOME_MOBILE) : this.#application();
    const { id, error } = await this.#ask<{
      id: string | null;
      error: { authorizationId: string };
    }>(...['authorizations', 'apply', '--input', '-'], { stdin });
    return id ?? error.authorizationId;
  }

  #rows(mobile?: () => string): string {
    const from = this.#people;
    this.#people += ROWS;
    return csvOf(ROWS, { from, ...(mobile ? { mobile } : {}) });
  }

  /** A batch that has ended, or one that takes its time. */
  async #batch(running: boolean): Promise<string> {
    this.stack.sandbox.addScenario({ match: { mobile: SLOW_MOBILE }, then: { delayMs: 1000 } });
    const stdin = this.#rows(running ? () => SLOW_MOBILE : undefined);
    const key = `example-${this.#people}`;
    const args = ['batch', 'submit', '-', '--format', 'csv', '--idempotency-key', key];
    return (await this.#ask<{ id: string }>(...args, ...(running ? ['--detach'] : []), { stdin }))
      .id;
  }

  async #apiKey(): Promise<string> {
    const args = ['api-keys', 'create', '--name', 'example', '--scopes', 'audit:read'];
    return (await this.#ask<{ id: string }>(...args)).id;
  }

  async #refreshToken(): Promise<string> {
    const args = ['gateway', 'apply', '--input', '-'];
    const stdin = this.#person();
    return (await this.#ask<{ refreshToken: string }>(...args, { stdin })).refreshToken;
  }

  async #ask<Answer>(...args: (string | { stdin: string })[]): Promise<Answer> {
    const argv = args.filter((arg) => typeof arg === 'string');
    const [input] = args.filter((arg) => typeof arg !== 'string');
    const { stdout } = await capture([...argv, '--json'], {
      env: this.env,
      now: new Date(),
      ...input,
    });
    return JSON.parse(stdout) as Answer;
  }
}

/** Files that a gateway made: an answer that refuses a signature, a notification, signed content. */
async function signedFiles(
  stack: LocalStack,
  env: Record<string, string>,
): Promise<Record<string, string>> {
  const argv = ['gateway', 'apply', '--dry-run', '--reveal', '--json', '--input', '-'];
  const { stdout } = await capture(argv, {
    // A key that the gateway does not know.
    env: {
      ...env,
      ALIPAY_APP_PRIVATE_KEY_FILE: '',
      ALIPAY_APP_PRIVATE_KEY: newKeyPair().privateKey,
    },
    stdin: JSON.stringify({ certNo: '330701199901011311', name: '张三', mobile: '13588111111' }),
    now: new Date(),
  });
  const request = JSON.parse(stdout) as Record<'stringToSign' | 'url' | 'body', string> & {
    headers: Record<string, string>;
  };
  const { url, headers, body } = request;
  const answer = await fetch(url, { method: 'POST', headers, body });
  const content = 'app_id=2021&charset=utf-8';
  const signature = createSign('RSA-SHA256')
    .update(content)
    .sign(stack.sandbox.keys.alipayPrivateKey);
  return {
    'answer.json': await answer.text(),
    'string-to-sign.txt': request.stringToSign,
    'content.txt': content,
    'signature.txt': signature.toString('base64'),
    'notification.txt': await notificationOf(stack),
  };
}

async function notificationOf({ sandbox }: LocalStack): Promise<string> {
  let form = '';
  const receiver = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => {
      form += text;
    });
    request.on('end', () => response.end('success'));
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  if (typeof address !== 'object' || address === null) throw new Error('There is no port.');
  await sandbox.notify({ url: `http://127.0.0.1:${address.port}/`, version: 'V2' });
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  return form;
}
