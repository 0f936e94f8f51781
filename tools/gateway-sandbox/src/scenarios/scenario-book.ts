import { parseScenario } from './parse-scenario.js';
import type { ScenarioAction, ScenarioMatch } from './scenario.js';

/** What is known of a request before it is judged. */
export interface ScenarioSubject {
  method: string | null;
  certNo: string | null;
  mobile: string | null;
}

/** A scenario that waits for requests; `times` is what is left of it, null without end. */
export interface WaitingScenario {
  id: string;
  match: ScenarioMatch;
  times: number | null;
  then: ScenarioAction;
}

/** The scenarios in force, oldest first: the first that fits a request takes it. */
export class ScenarioBook {
  #waiting: WaitingScenario[] = [];
  #count = 0;

  /** @throws InvalidInputError */
  add(input: unknown): string {
    const { match = {}, times = null, then } = parseScenario(input);
    this.#count += 1;
    const id = `scenario-${this.#count}`;
    this.#waiting.push({ id, match: { ...match }, times, then: { ...then } });
    return id;
  }

  /** Uses up one turn of the first scenario that fits. */
  take(subject: ScenarioSubject): ScenarioAction | null {
    const scenario = this.#waiting.find(({ match }) => fits(match, subject));
    if (scenario === undefined) return null;
    if (scenario.times !== null) {
      scenario.times -= 1;
      if (scenario.times === 0) this.#waiting = this.#waiting.filter((one) => one !== scenario);
    }
    return scenario.then;
  }

  list(): WaitingScenario[] {
    return structuredClone(this.#waiting);
  }

  clear(): void {
    this.#waiting = [];
  }
}

function fits(match: ScenarioMatch, subject: ScenarioSubject): boolean {
  return (
    (match.method === undefined || match.method === subject.method) &&
    (match.certNo === undefined || match.certNo === subject.certNo) &&
    (match.mobile === undefined || match.mobile === subject.mobile)
  );
}
