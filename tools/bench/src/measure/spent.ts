/** What some work took, in microseconds. */
export interface Spent {
  /** Of all threads; null where another process did the work and nobody can tell. */
  cpu: number | null;
  wall: number;
}

/** Does some work in this process and says what it took. */
export async function spentOn(work: () => Promise<void> | void): Promise<Spent> {
  const cpuBefore = process.cpuUsage();
  const wallBefore = performance.now();
  await work();
  const wall = (performance.now() - wallBefore) * 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { cpu: user + system, wall };
}

/** Whether another process's message is what it spent. */
export function isSpent(message: unknown): message is Spent {
  return typeof message === 'object' && message !== null && 'wall' in message;
}
