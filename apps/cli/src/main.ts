import { fstatSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { run } from './run.js';

const interrupt = new AbortController();
// Once only: a second Ctrl-C ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupt.abort(signal);
  });
}
// Each write learns of its own failure; without a listener a closed pipe would end in a stack trace.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

function isStdoutNowhere(): boolean {
  try {
    return fstatSync(process.stdout.fd).rdev === statSync(devNull).rdev;
  } catch {
    return false;
  }
}

const status = await run({
  argv: process.argv.slice(2),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  isStdoutNowhere,
  stderr: process.stderr,
  signal: interrupt.signal,
  now: () => new Date(),
});
process.exit(status);
