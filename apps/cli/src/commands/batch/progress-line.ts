import type { Batch } from '@zhimaper/api-client';
import { doneOf, endsOf, grouped } from './show.js';

const BAR_WIDTH = 20;

/** A batch that is worked on as one line: a bar, the rate, the time left, what became of the lines so far. */
export function progressLine(batch: Batch, perSecond: number | null): string {
  const { status, lineCount } = batch;
  if (status === 'receiving') return 'its lines are being received';
  const done = doneOf(batch);
  const ends = endsOf(batch);
  return [
    `${barOf(done, lineCount)}, ${grouped(done)} of ${grouped(lineCount)}`,
    ...(perSecond === null ? [] : [`${rateOf(perSecond)}/s`]),
    ...(perSecond === null || perSecond <= 0
      ? []
      : [`${spanOf((lineCount - done) / perSecond)} left`]),
    ...(ends === '' ? [] : [ends]),
  ].join(', ');
}

function barOf(done: number, total: number): string {
  const share = total === 0 ? 1 : done / total;
  const filled = Math.floor(share * BAR_WIDTH);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${percent} %`;
}

function rateOf(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : grouped(Math.round(perSecond));
}

/** A span in its two largest units: `2 h 5 min`, `40 s`. */
function spanOf(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${grouped(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}
