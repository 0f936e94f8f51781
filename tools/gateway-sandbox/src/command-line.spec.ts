import { describe, expect, it } from '@jest/globals';

import { parseOptions } from './command-line.js';

describe('parseOptions', () => {
  it('has a default for everything', () => {
    expect(parseOptions([])).toEqual({
      help: false,
      json: false,
      keys: '.local/gateway-sandbox',
      encryptKeyFile: null,
      sandbox: { port: 0, host: '127.0.0.1' },
    });
  });

  it('reads every option', () => {
    const argv =
      '--port 8080 --host 0.0.0.0 --keys k --encrypt-key-file f --app-id 2021 --timestamp-tolerance 60 --json --help';
    expect(parseOptions(argv.split(' '))).toEqual({
      help: true,
      json: true,
      keys: 'k',
      encryptKeyFile: 'f',
      sandbox: { port: 8080, host: '0.0.0.0', appId: '2021', timestampToleranceMs: 60_000 },
    });
  });
});
