import { join } from 'node:path';
import { LOOPBACK } from '../process/free-port.js';
import type { ComposeService } from './compose-file.js';

/** Where a service of the Compose file is on this machine: a port for each of its replicas. */
export type Ports = ReadonlyMap<string, readonly number[]>;

/** The base URL of a replica on this machine, without a slash at its end. */
export function addressOf(service: string, replica: number, ports: Ports): string {
  return `http://${LOOPBACK}:${ports.get(service)?.[replica] ?? 0}`;
}

/** What one replica of a service runs. */
export interface PlacedProcess {
  command: readonly string[];
  environment: Readonly<Record<string, string>>;
  healthcheck: readonly string[] | undefined;
}

/**
 * Moves one replica of a service from its container to this machine: it listens on a port of its own of the loopback
 * address, finds the others at theirs, and has its volumes in the data folder.
 *
 * @param replica from 0
 * @param volumesDir the folder of all volumes
 */
export function placeProcess(
  service: ComposeService,
  replica: number,
  ports: Ports,
  volumesDir: string,
): PlacedProcess {
  const port = String(ports.get(service.name)?.[replica] ?? '');
  const containerPort = service.environment['PORT'] ?? optionOf(service.command, '--port') ?? '';
  const move = (text: string) => movePaths(moveAddresses(text, ports), service, volumesDir);
  const here = (text: string) =>
    text.replaceAll(`${LOOPBACK}:${containerPort}`, `${LOOPBACK}:${port}`);
  return {
    command: service.command.map((word, index) => {
      if (word === '0.0.0.0') return LOOPBACK;
      return service.command[index - 1] === '--port' ? port : move(word);
    }),
    environment: Object.fromEntries(
      Object.entries(service.environment).map(([name, value]) => {
        if (name === 'PORT') return [name, port];
        return [name, name === 'HOST' ? LOOPBACK : move(value)];
      }),
    ),
    healthcheck: service.healthcheck?.map(here),
  };
}

/** A server of nginx stands for every replica, any other address for the first. */
function moveAddresses(text: string, ports: Ports): string {
  let moved = text;
  for (const [name, [first, ...others]] of ports) {
    if (first === undefined) continue;
    moved = moved
      .replace(new RegExp(`server ${name}:\\d+;`, 'g'), () =>
        [first, ...others].map((port) => `server ${LOOPBACK}:${port};`).join(' '),
      )
      .replace(new RegExp(`(?<=[/@])${name}:\\d+`, 'g'), `${LOOPBACK}:${first}`);
  }
  return moved;
}

function movePaths(text: string, { volumes }: ComposeService, volumesDir: string): string {
  for (const { source, target } of volumes) {
    if (text === target || text.startsWith(`${target}/`)) {
      return join(volumesDir, source) + text.slice(target.length);
    }
  }
  return text;
}

function optionOf(command: readonly string[], option: string): string | undefined {
  const at = command.indexOf(option);
  return at < 0 ? undefined : command[at + 1];
}
