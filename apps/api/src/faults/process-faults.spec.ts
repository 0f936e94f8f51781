import { describe, expect, it } from '@jest/globals';
import { NO_FAULTS } from './fault-points.js';
import { readFaultPoints } from './process-faults.js';

function read(FAULT_POINTS: string, NODE_ENV = 'test') {
  let kills = 0;
  const reading = readFaultPoints({ FAULT_POINTS, NODE_ENV }, () => (kills += 1));
  if (!reading.ok) return { message: reading.message };
  const { faults } = reading;
  const tryStep = (step: Parameters<typeof faults.reach>[0]) =>
    Promise.race([
      faults.reach(step).then(
        () => 'passed',
        (error: unknown) => (error as Error).message,
      ),
      new Promise((resolve) => setTimeout(resolve, 10, 'stopped')),
    ]);
  return { faults, tryStep, kills: () => kills };
}

describe('readFaultPoints', () => {
  it('knows of no fault where nothing is set', () => {
    expect(read('', 'production')).toMatchObject({ faults: NO_FAULTS });
  });

  it('is refused outside of tests', () => {
    expect(read('after-call:kill', 'production')).toEqual({ message: 'is for tests alone' });
    expect(readFaultPoints({ FAULT_POINTS: 'after-call:kill' }, () => undefined).ok).toBe(false);
  });

  it.each(['nowhere:kill', 'after-call', 'after-call:explode', 'after-call:kill@', ','])(
    'refuses %j',
    (text) => {
      expect(read(text)).toEqual({ message: 'names a step that does not exist' });
    },
  );

  it('kills at the time that is named, and lets nothing go on', async () => {
    const { tryStep, kills } = read('after-call:kill@2,after-commit:fail');
    expect(await tryStep!('after-call')).toBe('passed');
    expect(await tryStep!('before-commit')).toBe('passed');
    expect(kills!()).toBe(0);
    expect(await tryStep!('after-call')).toBe('stopped');
    expect(kills!()).toBe(1);
  });

  it('fails every time where none is named', async () => {
    const { tryStep } = read('after-commit:fail');
    const verdicts = [await tryStep!('after-commit'), await tryStep!('after-commit')];
    expect(verdicts).toEqual(Array(2).fill('A test made after-commit fail.'));
  });
});
