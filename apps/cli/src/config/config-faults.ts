import { CommandFailure } from '../runtime/failure.js';

/** Collects what is wrong with the configuration, so that all of it is told at once. */
export class ConfigFaults {
  readonly #faults: string[] = [];

  /** `fault` reads behind the name of the variable or option. */
  add(name: string, fault: string): void {
    this.#faults.push(`${name} ${fault}`);
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  failure(): CommandFailure {
    return new CommandFailure('caller-config', 'The configuration is incomplete or wrong.', {
      details: this.#faults,
      nextStep: 'Correct the listed settings and call again; nothing was sent.',
    });
  }
}
