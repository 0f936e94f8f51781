import { FAULT_STEPS, NO_FAULTS, type FaultPoints, type FaultStep } from './fault-points.js';

const VARIABLE = 'FAULT_POINTS';
const RULE = /^([a-z-]+):(kill|fail)(?:@(\d{1,3}))?$/;

interface Rule {
  action: 'kill' | 'fail';
  /** At which time that the step is reached, counted from 1; every time where null. */
  at: number | null;
}

export type FaultReading = { ok: true; faults: FaultPoints } | { ok: false; message: string };

/**
 * Reads which steps kill the process or fail, such as `before-commit:fail,replay-stored:kill@2`. Only a test may
 * ask for that: elsewhere the variable is refused, so that nobody sets it by accident.
 *
 * @param raw the process's environment
 * @param kill ends the process at once, as a crash would
 */
export function readFaultPoints(
  raw: Readonly<Record<string, string | undefined>>,
  kill: () => void,
): FaultReading {
  const text = raw[VARIABLE] ?? '';
  if (text === '') return { ok: true, faults: NO_FAULTS };
  if (raw['NODE_ENV'] !== 'test') return { ok: false, message: 'is for tests alone' };
  const rules = new Map<FaultStep, Rule>();
  for (const part of text.split(',')) {
    const [, name, action, at] = RULE.exec(part) ?? [];
    const step = FAULT_STEPS.find((candidate) => candidate === name);
    if (step === undefined) return { ok: false, message: 'names a step that does not exist' };
    rules.set(step, {
      action: action === 'kill' ? 'kill' : 'fail',
      at: at === undefined ? null : Number(at),
    });
  }
  return { ok: true, faults: new ProcessFaults(rules, kill) };
}

class ProcessFaults implements FaultPoints {
  readonly #reached = new Map<FaultStep, number>();

  constructor(
    private readonly rules: ReadonlyMap<FaultStep, Rule>,
    private readonly kill: () => void,
  ) {}

  async reach(step: FaultStep): Promise<void> {
    const rule = this.rules.get(step);
    if (!rule) return;
    const count = (this.#reached.get(step) ?? 0) + 1;
    this.#reached.set(step, count);
    if (rule.at !== null && rule.at !== count) return;
    if (rule.action === 'fail') throw new Error(`A test made ${step} fail.`);
    this.kill();
    // Not one instruction more of this application: the signal may take a moment.
    await new Promise<never>(() => undefined);
  }
}
