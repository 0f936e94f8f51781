import { describe, expect, it } from '@jest/globals';
import type { StepEvent } from '../stack/steps.js';
import { progressStyle, showProgress } from './progress.js';

const events: StepEvent[] = [
  { state: 'started', title: 'Starting Postgres' },
  { state: 'done', title: 'Postgres 18.4 ready', seconds: 0.6234 },
  { state: 'started', title: 'Starting the api' },
  { state: 'failed', title: 'Starting the api', seconds: 12 },
];

function show(style: { live: boolean; color: boolean }): string {
  let shown = '';
  const listener = showProgress((text) => (shown += text), style);
  events.forEach(listener);
  return shown;
}

describe('showProgress', () => {
  it('writes plain lines to a file or pipe', () => {
    expect(show({ live: false, color: false })).toBe(
      '✔ Postgres 18.4 ready  0.6 s\n✖ Starting the api  12.0 s\n',
    );
  });

  it('overwrites the line of the step that lasts on a terminal', () => {
    expect(show({ live: true, color: false })).toBe(
      '… Starting Postgres\r\x1b[K✔ Postgres 18.4 ready  0.6 s\n' +
        '… Starting the api\r\x1b[K✖ Starting the api  12.0 s\n',
    );
  });

  it('colours what it may', () => {
    expect(show({ live: true, color: true })).toContain(
      '\x1b[32m✔\x1b[39m Postgres 18.4 ready  \x1b[90m0.6 s\x1b[39m\n',
    );
  });
});

describe('progressStyle', () => {
  it.each([
    [true, {}, { live: true, color: true }],
    [true, { NO_COLOR: '1' }, { live: true, color: false }],
    [true, { NO_COLOR: '' }, { live: true, color: true }],
    [true, { TERM: 'dumb' }, { live: false, color: false }],
    [false, {}, { live: false, color: false }],
  ])('terminal %s with %j', (isTerminal, env, expected) => {
    expect(progressStyle(isTerminal, env)).toEqual(expected);
  });
});
