import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGatewaySandbox, type GatewaySandbox } from '@zhimaper/gateway-sandbox';
import { startLog } from '../folders/logs.js';
import { findFreePort } from '../process/free-port.js';

/** The gateway sandbox with its keys in a folder. */
export interface StackSandbox extends GatewaySandbox {
  keysDir: string;
}

/**
 * Starts the gateway sandbox inside this process; its keys and its log lie in the data folder.
 *
 * @throws StackError `PORT_IN_USE`
 */
export async function startSandbox(dataDir: string, wantedPort: number): Promise<StackSandbox> {
  const port = await findFreePort(wantedPort, '--gateway-port');
  const keysDir = join(dataDir, 'keys');
  const logFile = await startLog(dataDir, 'gateway-sandbox');
  const log = (line: string) => appendFileSync(logFile, `${line}\n`, { mode: 0o600 });
  return { ...(await createGatewaySandbox({ port, keysDir, log })), keysDir };
}
