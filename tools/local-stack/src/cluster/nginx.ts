import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../folders/data-folder.js';
import { startLog } from '../folders/logs.js';
import { startChild, type StopStep } from '../process/managed-child.js';
import { isSystemError, StackError } from '../stack-error.js';
import { WORKSPACE_ROOT } from '../stack/workspace.js';
import type { ServiceProcess } from './service-process.js';

const STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGTERM', seconds: 2 },
  { signal: 'SIGKILL', seconds: 0.3 },
];

const TEMPLATE = join(WORKSPACE_ROOT, 'apps', 'api', 'deploy', 'nginx', 'default.conf.template');

interface NginxOptions {
  dataDir: string;
  /** What the image's entry point fills the template in with. */
  environment: Readonly<Record<string, string>>;
}

/**
 * Starts the nginx of this machine with the configuration that the container has.
 *
 * @throws StackError `NGINX_MISSING` where there is none
 */
export async function startNginx({ dataDir, environment }: NginxOptions): Promise<ServiceProcess> {
  const folder = join(dataDir, 'nginx');
  await makeFolder(folder, 0o700);
  const logFile = await startLog(dataDir, 'nginx');
  const template = await readFile(TEMPLATE, 'utf8');
  const site = fillIn(template, environment).replace(
    /access_log \S+/,
    () => `access_log ${join(dataDir, 'logs', 'nginx-access.log')}`,
  );
  await writeFile(join(folder, 'site.conf'), site);
  await writeFile(join(folder, 'nginx.conf'), mainConfiguration(folder));
  try {
    const args = ['-p', folder, '-c', join(folder, 'nginx.conf')];
    const child = await startChild('nginx', args, {
      env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` },
      logFile,
      stopSteps: STOP_STEPS,
    });
    return { child, logFile };
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error;
    throw new StackError('NGINX_MISSING', 'There is no nginx on this machine.', {
      nextStep: 'Install it, e.g. with "apt-get install nginx-light".',
      cause: error,
    });
  }
}

/** As `envsubst` does it for the names that are in the environment, so that nginx keeps its own variables. */
export function fillIn(template: string, environment: Readonly<Record<string, string>>): string {
  return template.replace(/\$\{(\w+)\}/g, (all, name: string) => environment[name] ?? all);
}

/** What the image brings: no daemon, everything that it writes in a folder of its own. */
function mainConfiguration(folder: string): string {
  const isRoot = process.getuid?.() === 0;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `  ${kind}_temp_path ${join(folder, `${kind}-temp`)};`,
  );
  return `${isRoot ? 'user root;\n' : ''}daemon off;
worker_processes 1;
error_log stderr warn;
pid ${join(folder, 'nginx.pid')};
events {}
http {
${temporary.join('\n')}
  include ${join(folder, 'site.conf')};
}
`;
}
