import type { Spent } from './spent.js';

/** One of the ways of doing the same work. */
export interface Contender {
  name: string;
  /** Does the work `calls` times and says what that took. */
  run: (calls: number) => Promise<Spent>;
}

/** What one contender took, per call, one value a round. */
export interface Measurement {
  name: string;
  callsPerRound: number;
  cpuMicroseconds: number[];
  wallMicroseconds: number[];
}

export interface Effort {
  rounds: number;
  /** How long a round of one contender lasts at least, in milliseconds. */
  roundMs: number;
}

/**
 * Measures contenders in rounds, each round all of them one after the other (A B C, A B C), so that whatever else
 * the machine does falls on all alike. How many calls make a round is found out first, which also warms up.
 */
export async function measure(
  contenders: readonly Contender[],
  { rounds, roundMs }: Effort,
): Promise<Measurement[]> {
  const entries: { contender: Contender; measurement: Measurement }[] = [];
  for (const contender of contenders) {
    const callsPerRound = await calibrate(contender, roundMs);
    const { name } = contender;
    entries.push({
      contender,
      measurement: { name, callsPerRound, cpuMicroseconds: [], wallMicroseconds: [] },
    });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { contender, measurement } of entries) {
      const { callsPerRound } = measurement;
      const { cpu, wall } = await contender.run(callsPerRound);
      if (cpu !== null) measurement.cpuMicroseconds.push(cpu / callsPerRound);
      measurement.wallMicroseconds.push(wall / callsPerRound);
    }
  }
  return entries.map(({ measurement }) => measurement);
}

/** Cold code is slow and says little: a count is taken once it filled a round twice running. */
async function calibrate(contender: Contender, roundMs: number): Promise<number> {
  const roundMicroseconds = roundMs * 1_000;
  let calls = 1;
  let filled = 0;
  while (filled < 2) {
    const { wall } = await contender.run(calls);
    if (wall >= roundMicroseconds) {
      filled += 1;
    } else {
      filled = 0;
      const missing = roundMicroseconds / Math.max(wall, 1);
      calls = Math.ceil(calls * Math.min(Math.max(missing * 1.1, 1.2), 10));
    }
  }
  return calls;
}
