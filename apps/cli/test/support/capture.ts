import { run } from '../../src/run.js';
import { fakeContext, type FakeContextOptions } from './fake-context.js';

/** Runs the tool within this process, and answers what it wrote and its exit status. */
export async function capture(argv: readonly string[], options: FakeContextOptions = {}) {
  const { context, stdout, stderr } = fakeContext({ ...options, argv });
  const status = await run(context);
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}
