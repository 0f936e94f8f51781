import type { CliContext } from '../runtime/context.js';
import { CommandFailure } from '../runtime/failure.js';

/** Collects what is wrong with the configuration, so that all of it is told at once. */
export class ConfigFaults {
  readonly #settingNames: CliContext['settingNames'];
  readonly #faults: string[] = [];

  constructor({ settingNames }: Pick<CliContext, 'settingNames'>) {
    this.#settingNames = settingNames;
  }

  /** `fault` reads behind the name of the variable, or of the flag or profile that it comes from. */
  add(name: string, fault: string): void {
    this.#faults.push(`${this.#settingNames?.get(name) ?? name} ${fault}`);
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
