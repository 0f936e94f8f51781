import { join } from 'node:path';
import { makeFolder } from '../folders/data-folder.js';
import { endsByItself, type ComposeService } from './compose-file.js';
import { startNginx } from './nginx.js';
import { addressOf, placeProcess, type Ports } from './place.js';
import { runService, startService, waitForHealth, type ServiceProcess } from './service-process.js';

/** A process of the Compose file, running here. */
export interface ClusterMember extends ServiceProcess {
  /** As in the file, with the number of its replica from 1 where there are several: `api-2`. */
  name: string;
  /** Its base URL. */
  url: string;
}

interface Place {
  services: readonly ComposeService[];
  ports: Ports;
  volumesDir: string;
  dataDir: string;
  signal: AbortSignal | undefined;
}

/**
 * Starts one replica of a service and waits until it is healthy, or runs it to its end where it does its work once.
 *
 * @param onStarted is told before it is healthy, so that it is stopped also where it never is
 */
export async function startReplica(
  service: ComposeService,
  replica: number,
  { services, ports, volumesDir, dataDir, signal }: Place,
  onStarted: (member: ClusterMember) => void,
): Promise<void> {
  const name = service.replicas === 1 ? service.name : `${service.name}-${replica + 1}`;
  const named = service.volumes.filter(({ source }) => !source.startsWith('.'));
  for (const { source } of named) await makeFolder(join(volumesDir, source), 0o700);
  const placed = placeProcess(service, replica, ports, volumesDir);
  if (endsByItself(service, services)) return runService(name, placed, { dataDir, signal });
  const started = service.image?.includes('nginx')
    ? await startNginx({ dataDir, environment: placed.environment })
    : await startService(name, placed, { dataDir });
  onStarted({ name, url: addressOf(service.name, replica, ports), ...started });
  return waitForHealth(name, placed, { ...started, signal });
}
