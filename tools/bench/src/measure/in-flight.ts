/** Does some work `calls` times, so many at once. */
export async function inFlight(
  calls: number,
  atOnce: number,
  work: () => Promise<unknown>,
): Promise<void> {
  let left = calls;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, calls) }, worker));
}
