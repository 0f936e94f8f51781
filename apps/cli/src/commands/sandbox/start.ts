import { once } from 'node:events';
import { resolve } from 'node:path';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';
import { messageOf, systemCode } from '../../runtime/error-shape.js';

export interface StartOptions {
  port: number;
  host: string;
  keys: string;
  appId?: string;
}

/** Runs a sandbox until it is asked to stop. */
export async function runStart(run: CommandRun<StartOptions>): Promise<CommandOutcome> {
  const {
    context: { signal },
    output,
  } = run;
  const sandbox = await openSandbox(run);
  const { gatewayUrl, appId, keysDir } = sandbox;
  try {
    await output.result({ gatewayUrl, appId, keysDir }, (view) =>
      view.fields([
        ['gateway', gatewayUrl],
        ['app id', appId],
        ['keys', keysDir],
      ]),
    );
    await output.note('It runs until Ctrl-C.');
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await sandbox.close();
  }
  return 'success';
}

async function openSandbox({ context, options }: CommandRun<StartOptions>) {
  const { port, host, keys, appId } = options;
  const { createGatewaySandbox } = await loadSandbox();
  try {
    return await createGatewaySandbox({
      port,
      host,
      keysDir: resolve(keys),
      log: (line) => context.stderr.write(`${line}\n`),
      ...(appId === undefined ? {} : { appId }),
    });
  } catch (cause) {
    const message =
      systemCode(cause) === 'EADDRINUSE'
        ? `Something listens on port ${port} already.`
        : messageOf(cause);
    if (message === null) throw cause;
    throw new CommandFailure('invalid-input', message, {
      nextStep: 'Give another --port, --host, --keys or --app-id.',
      cause,
    });
  }
}

/** The sandbox is a tool of the repository, which an installed command line may lack. */
async function loadSandbox() {
  try {
    return await import('@zhimaper/gateway-sandbox');
  } catch (cause) {
    if (systemCode(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new CommandFailure('caller-config', 'The gateway sandbox is not installed here.', {
      nextStep:
        'Install @zhimaper/gateway-sandbox beside zhimaper, or run zhimaper sandbox in the clone of its repository.',
      cause,
    });
  }
}
