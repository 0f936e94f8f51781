/** How sure a cause is: `certain` was checked, `likely` fits what was found, `possible` cannot be told from here. */
export type Certainty = 'certain' | 'likely' | 'possible';

const ORDER: readonly Certainty[] = ['certain', 'likely', 'possible'];

/** Why a signature fails, for people and for programs. No text quotes a value. */
export interface Cause<Code extends string = string> {
  /** Stable. */
  code: Code;
  certainty: Certainty;
  /** What is wrong, in English. */
  title: string;
  /** What shows it, in English. */
  evidence: string;
  /** What to do next, in English. */
  nextStep: string;
}

/** The most certain first, each once; causes of one certainty keep their order. */
export function byCertainty<Code extends string>(causes: readonly Cause<Code>[]): Cause<Code>[] {
  const sorted = [...causes].sort(
    (a, b) => ORDER.indexOf(a.certainty) - ORDER.indexOf(b.certainty),
  );
  const known = new Set<string>();
  return sorted.filter(({ code, evidence }) => {
    const key = `${code} ${evidence}`;
    return !known.has(key) && known.add(key);
  });
}
