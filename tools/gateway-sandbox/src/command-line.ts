import { parseArgs } from 'node:util';

import { isAppId } from './app-id.js';
import type { GatewaySandboxOptions } from './sandbox.js';

export const USAGE = `Usage: npm run sandbox -- [options]

A stand-in for Alipay's gateway, for development and tests.

  --port N                  port to listen on; 0, the default, takes a free one
  --host ADDRESS            address to listen on (default 127.0.0.1)
  --keys DIR                folder of keys and certificates; what is missing is made
                            (default .local/gateway-sandbox)
  --encrypt-key-file FILE   the app's content key in base64 (default encrypt-key.txt in the folder)
  --app-id ID               the one app that it knows (default 2021000000000001)
  --timestamp-tolerance S   how far a timestamp may be off, in seconds (default 900)
  --json                    print one line of JSON when ready: gatewayUrl, appId, keysDir
  --help                    print this
`;

/** Arguments that make no sense; the message is for people. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface CommandOptions {
  help: boolean;
  json: boolean;
  keys: string;
  /** The file of the app's content key; null for the folder's. */
  encryptKeyFile: string | null;
  sandbox: GatewaySandboxOptions;
}

/** @throws UsageError */
export function parseOptions(argv: string[]): CommandOptions {
  const { values } = parse(argv);
  return {
    help: values.help,
    json: values.json,
    keys: values.keys,
    encryptKeyFile: values['encrypt-key-file'] ?? null,
    sandbox: {
      port: readWhole('--port', values.port, 65_535),
      host: values.host,
      ...(values['app-id'] === undefined ? {} : { appId: readAppId(values['app-id']) }),
      ...(values['timestamp-tolerance'] === undefined
        ? {}
        : {
            timestampToleranceMs:
              readWhole('--timestamp-tolerance', values['timestamp-tolerance'], 1e9) * 1000,
          }),
    },
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        port: { type: 'string', default: '0' },
        host: { type: 'string', default: '127.0.0.1' },
        keys: { type: 'string', default: '.local/gateway-sandbox' },
        'encrypt-key-file': { type: 'string' },
        'app-id': { type: 'string' },
        'timestamp-tolerance': { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function readWhole(flag: string, text: string, most: number): number {
  if (!/^\d+$/.test(text) || Number(text) > most) {
    throw new UsageError(`${flag} takes a whole number from 0 to ${most}, not "${text}".`);
  }
  return Number(text);
}

function readAppId(text: string): string {
  if (isAppId(text)) return text;
  throw new UsageError('--app-id takes 1 to 32 letters or digits.');
}
