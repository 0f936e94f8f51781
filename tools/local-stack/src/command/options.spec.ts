import { describe, expect, it } from '@jest/globals';
import { parseOptions } from './options.js';

describe('parseOptions', () => {
  it('takes any free port, .local and an embedded server by default', () => {
    expect(parseOptions([], {})).toEqual({
      help: false,
      cluster: false,
      once: false,
      json: false,
      port: 0,
      gatewayPort: 0,
      databasePort: 0,
      dataDir: undefined,
      databaseUrl: undefined,
      databaseMigrationUrl: undefined,
    });
  });

  it('takes what is given', () => {
    const argv = ['--once', '--json', '--port', '3000', '--gateway-port=0', '--data-dir', 'x'];
    const env = { DATABASE_URL: 'postgres://h/d', DATABASE_MIGRATION_URL: 'postgres://m/d' };
    expect(parseOptions(argv, env)).toEqual({
      help: false,
      cluster: false,
      once: true,
      json: true,
      port: 3000,
      gatewayPort: 0,
      databasePort: 0,
      dataDir: 'x',
      databaseUrl: 'postgres://h/d',
      databaseMigrationUrl: 'postgres://m/d',
    });
  });

  it('takes a cluster, which has a database of its own', () => {
    expect(parseOptions(['--cluster'], {}).cluster).toBe(true);
    expect(() => parseOptions(['--cluster'], { DATABASE_URL: 'postgres://h/d' })).toThrow(
      '--cluster starts a database of its own: unset DATABASE_URL.',
    );
  });

  it('takes an empty variable for none, and no migration URL without a database of its own', () => {
    const env = { DATABASE_URL: '', DATABASE_MIGRATION_URL: 'postgres://m/d' };
    expect(parseOptions([], env)).toMatchObject({
      databaseUrl: undefined,
      databaseMigrationUrl: undefined,
    });
  });

  it.each([
    [['--port', '65536'], {}, '--port takes a port from 0 to 65535, not "65536".'],
    [['--port', '1e3'], {}, '--port takes a port from 0 to 65535, not "1e3".'],
    [['--gateway-port', ''], {}, '--gateway-port takes a port from 0 to 65535, not "".'],
    [
      ['--database-port', '0'],
      { DATABASE_URL: 'postgres://h/d' },
      '--database-port is of no use with DATABASE_URL.',
    ],
  ])('refuses %j', (argv, env, message) => {
    expect(() => parseOptions(argv, env)).toThrow(message);
  });

  it.each([[['--nope']], [['stray']], [['--port']], [['--once=yes']]])('refuses %j', (argv) => {
    expect(() => parseOptions(argv, {})).toThrow(expect.objectContaining({ name: 'UsageError' }));
  });
});
