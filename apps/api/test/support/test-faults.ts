import type { FaultPoints, FaultStep } from '../../src/faults/fault-points.js';

/** `fail` throws; `freeze` never goes on, as where the process died. */
export type TestFault = 'fail' | 'freeze';

/** Fault points that a test sets while the service runs. */
export class TestFaults implements FaultPoints {
  readonly #faults = new Map<FaultStep, TestFault>();
  #onFreeze = () => undefined as void;
  readonly reached: FaultStep[] = [];

  set(step: FaultStep, fault: TestFault): void {
    this.#faults.set(step, fault);
  }

  clear(): void {
    this.#faults.clear();
    this.reached.length = 0;
  }

  reach(step: FaultStep): Promise<void> {
    this.reached.push(step);
    const fault = this.#faults.get(step);
    if (fault === 'fail') return Promise.reject(new Error(`A test made ${step} fail.`));
    if (fault !== 'freeze') return Promise.resolve();
    this.#onFreeze();
    return new Promise(() => undefined);
  }

  /** Does some work until it ends or freezes; whether it ended. */
  async endsOrFreezes(work: () => Promise<unknown>): Promise<boolean> {
    const frozen = new Promise<boolean>((resolve) => {
      this.#onFreeze = () => {
        resolve(false);
      };
    });
    const ended = work().then(
      () => true,
      () => true,
    );
    return Promise.race([ended, frozen]);
  }
}
