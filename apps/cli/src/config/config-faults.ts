import { CommandFailure } from '../runtime/failure.js';

/** Collects what is wrong with the configuration, so that all of it is told at once. */
export class ConfigFaults {
  readonly #faults = new Map<string, string>();

  /** `fault` reads behind the name of the variable or option. The first fault of a name stays. */
  add(name: string, fault: string): void {
    if (!this.#faults.has(name)) this.#faults.set(name, fault);
  }

  get isEmpty(): boolean {
    return this.#faults.size === 0;
  }

  failure(): CommandFailure {
    return new CommandFailure('caller-config', 'The configuration is incomplete or wrong.', {
      details: Array.from(this.#faults, ([name, fault]) => `${name} ${fault}`),
      nextStep: 'Correct the listed settings and call again; nothing was sent.',
    });
  }
}
