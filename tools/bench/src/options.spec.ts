import { describe, expect, it } from '@jest/globals';
import { parseOptions, UsageError } from './options.js';

const names = (argv: string[]) => parseOptions(argv).cases.map(({ name }) => name);

describe('parseOptions', () => {
  it('takes more cases into a longer run', () => {
    expect(names(['--quick'])).toContain('api-apply');
    expect(names(['--quick'])).not.toContain('api-latency');
    expect(names([])).toContain('api-latency');
    expect(names([])).not.toContain('memory');
    expect(names(['--scale'])).toContain('memory');
  });

  it('takes a case that is named into any run', () => {
    const { effort, cases } = parseOptions(['--quick', '--only', 'memory,two-cores']);
    expect(effort).toEqual({ length: 'quick', rounds: 3, roundMs: 30 });
    expect(cases.map(({ name }) => name)).toEqual(['memory', 'two-cores']);
  });

  it.each([
    [['--only', 'speed'], 'There is no case "speed"; --list names them.'],
    [['--fast'], "Unknown option '--fast'"],
    [['--quick', '--scale'], '--quick and --scale are two runs.'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseOptions(argv)).toThrow(UsageError);
    expect(() => parseOptions(argv)).toThrow(message);
  });
});
