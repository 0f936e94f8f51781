import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { createGatewaySandbox } from './sandbox.js';
import { parseOptions, UsageError, USAGE } from './command-line.js';

/** What the command touches of its process. */
export interface MainEnvironment {
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  /** Resolves when the process is asked to stop. */
  stopped: Promise<unknown>;
}

/** Runs the sandbox until it is asked to stop, and returns the exit status. */
export async function main(argv: string[], environment: MainEnvironment): Promise<number> {
  const { stdout, stderr, stopped } = environment;
  try {
    const options = parseOptions(argv);
    if (options.help) {
      stdout(USAGE);
      return 0;
    }
    const keysDir = resolve(options.keys);
    const { encryptKeyFile } = options;
    const sandbox = await createGatewaySandbox({
      ...options.sandbox,
      ...(encryptKeyFile === null
        ? {}
        : { encryptKey: (await readFile(encryptKeyFile, 'utf8')).trim() }),
      keysDir,
      log: (line) => {
        stderr(`${line}\n`);
      },
    });
    const { gatewayUrl, url, appId } = sandbox;
    if (options.json) stdout(`${JSON.stringify({ gatewayUrl, appId, keysDir })}\n`);
    else stdout(welcome({ gatewayUrl, url, appId, keysDir }));
    await stopped;
    await sandbox.close();
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    stderr(`gateway-sandbox: ${error.message}\n`);
    if (!(error instanceof UsageError)) return 1;
    stderr('Try --help.\n');
    return 2;
  }
}

function welcome(place: { gatewayUrl: string; url: string; appId: string; keysDir: string }) {
  return `The gateway sandbox is ready; Ctrl-C stops it.

  gateway    ${place.gatewayUrl}
  app ID     ${place.appId}
  keys       ${place.keysDir}
  ledger     ${place.url}/_sandbox/ledger
  scenarios  ${place.url}/_sandbox/scenarios
`;
}
