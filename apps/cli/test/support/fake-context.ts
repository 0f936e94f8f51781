import { setMaxListeners } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import type { CliContext } from '../../src/runtime/context.js';

/** A writable stream that remembers its text, as a terminal or a pipe, and fails on demand. */
class FakeSink extends Writable {
  readonly #chunks: Buffer[] = [];
  #failure: Error | undefined;

  constructor(readonly isTTY: boolean) {
    super();
    this.on('error', () => undefined);
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  failWith(failure: Error): void {
    this.#failure = failure;
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    if (!this.#failure) this.#chunks.push(chunk);
    done(this.#failure);
  }
}

/** Whoever asks often listens often; Node itself lifts the limit only for signals of its own realm. */
function quietSignal(): AbortSignal {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  return signal;
}

export interface FakeContextOptions {
  argv?: readonly string[];
  env?: Record<string, string>;
  /** What stands on stdin; without it stdin is empty. */
  stdin?: string | Uint8Array;
  isTTY?: boolean;
  signal?: AbortSignal;
  now?: Date;
}

/** A context for tests within this process: no process stream, no environment, a fixed clock. */
export function fakeContext(options: FakeContextOptions = {}) {
  const isTTY = options.isTTY ?? false;
  const stdin = Object.assign(new PassThrough(), { isTTY });
  if (!isTTY) stdin.end(options.stdin ?? '');
  const stdout = new FakeSink(isTTY);
  const stderr = new FakeSink(isTTY);
  const context: CliContext = {
    argv: options.argv ?? [],
    env: options.env ?? {},
    stdin,
    stdout,
    stderr,
    signal: options.signal ?? quietSignal(),
    now: () => options.now ?? new Date('2026-11-24T08:00:00Z'),
  };
  return { context, stdin, stdout, stderr };
}
