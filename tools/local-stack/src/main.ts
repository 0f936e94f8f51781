import { run } from './command/run.js';
import { watchParent } from './command/watch-parent.js';

// From here to the end: a terminal signals the whole group and npm passes its own on, so each may come twice.
const interruption = new AbortController();
const interrupt = () => interruption.abort();
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
watchParent(process.env, interrupt);

// Whoever reads our output may leave before we stop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const status = await run(process.argv.slice(2), {
  env: process.env,
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  stderrIsTerminal: process.stderr.isTTY,
  interruption: interruption.signal,
});
process.exit(status);
