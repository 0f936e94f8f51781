import { watchParent } from './command/watch-parent.js';

// From the first moment to the last: a terminal signals the whole group and npm passes its own on, so each may come twice.
const interruption = new AbortController();
const interrupt = () => interruption.abort();
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
watchParent(process.env, interrupt);

// Whoever reads our output may leave before we stop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

// Loaded only now, since loading takes longer than a first Ctrl-C may.
const { run } = await import('./command/run.js');
const status = await run(process.argv.slice(2), {
  env: process.env,
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  stderrIsTerminal: process.stderr.isTTY,
  interruption: interruption.signal,
});
process.exit(status);
