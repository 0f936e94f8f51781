import { distance } from 'fastest-levenshtein';

/** Most near matches worth showing. */
const MOST_MATCHES = 3;

/** A part of fewer letters says too little. */
const SHORTEST_PART = 4;

/** Of the known names those that a mistyped one may have meant, the nearest first. */
export function nearMatches(wanted: string, names: readonly string[]): string[] {
  const target = wanted.toLowerCase();
  const furthest = Math.max(2, Math.floor(target.length / 3));
  return [...new Set(names)]
    .map((name) => ({ name, away: awayFrom(target, name.toLowerCase()) }))
    .filter(({ away }) => away <= furthest)
    .sort((a, b) => a.away - b.away || a.name.localeCompare(b.name, 'en'))
    .slice(0, MOST_MATCHES)
    .map(({ name }) => name);
}

/** What is typed in part is as near as one letter that is wrong. */
function awayFrom(target: string, name: string): number {
  return target.length >= SHORTEST_PART && name.includes(target) ? 1 : distance(target, name);
}
