import { setTimeout as sleep } from 'node:timers/promises';

interface WaitOptions {
  timeoutMs: number;
  intervalMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Asks again and again until `check` yields something, and gives up with undefined at the deadline.
 *
 * @throws the signal's reason when aborted
 */
export async function waitUntil<T>(
  check: () => Promise<T | undefined>,
  { timeoutMs, intervalMs, signal }: WaitOptions,
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const found = await check();
    if (found !== undefined) return found;
    if (performance.now() >= deadline) return undefined;
    // Its own error is thrown away for the signal's reason, which the next round throws.
    await sleep(intervalMs, undefined, signal && { signal }).catch(() => undefined);
  }
}
