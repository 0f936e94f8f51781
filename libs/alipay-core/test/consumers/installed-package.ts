import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const packageDir = fileURLToPath(new URL('../..', import.meta.url));
const modulesDir = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

/** A project in a folder of its own that has the package as npm would install it, and nothing of this workspace. */
export interface Consumer {
  dir: string;
  tarball: string;
  /** The package's folder inside the project. */
  installed: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Runs Node.js in the project and answers what it printed. */
  node(...args: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

/** Packs what is built and installs it, with links to the dependencies that its manifest names and to `extras`. */
export async function installPackage(extras: readonly string[]): Promise<Consumer> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'alipay-core-consumer-')));
  const installed = join(dir, 'node_modules/@zhimaper/alipay-core');
  await mkdir(installed, { recursive: true });
  const { stdout } = await run(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', dir],
    { cwd: packageDir, maxBuffer: 16 * 1024 * 1024 },
  );
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  const tarball = join(dir, packed!.filename);
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  const { dependencies } = createRequire(import.meta.url)('../../package.json') as {
    dependencies: Record<string, string>;
  };
  for (const name of [...Object.keys(dependencies), ...extras]) {
    const link = join(dir, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(modulesDir, name), link);
  }
  return {
    dir,
    tarball,
    installed,
    async write(files) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(dir, name)), { recursive: true });
        await writeFile(join(dir, name), text);
      }
    },
    async node(...args) {
      const env = { ...process.env, NODE_OPTIONS: '' };
      try {
        return (await run(process.execPath, args, { cwd: dir, env })).stdout;
      } catch (error) {
        // What tsc and Jest say goes to stdout, which the error's own message leaves out.
        const { stdout: out, stderr } = error as { stdout: string; stderr: string };
        throw new Error(`${args.join(' ')} failed:\n${out}${stderr}`, { cause: error });
      }
    },
    remove: () => rm(dir, { recursive: true }),
  };
}

/** A program of the workspace's own, to be run in a consumer. */
export const tool = (path: string) => join(modulesDir, path);
