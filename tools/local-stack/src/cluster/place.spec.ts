import { describe, expect, it } from '@jest/globals';
import type { ComposeService } from './compose-file.js';
import { fillIn } from './nginx.js';
import { addressOf, placeProcess } from './place.js';

const PORTS = new Map([
  ['postgres', [5001]],
  ['sandbox', [4001]],
  ['api', [3001, 3002]],
]);

const SERVICE: ComposeService = {
  name: 'api',
  image: undefined,
  command: ['node', 'api.js'],
  environment: {
    HOST: '0.0.0.0',
    PORT: '3000',
    DATABASE_URL: 'postgres://u:p@postgres:5432/zhimaper',
    GATEWAY: 'http://sandbox:4000/gateway.do',
    KEY_FILE: '/keys/key.pem',
    NETWORKS: '10.0.0.0/8',
  },
  healthcheck: ['node', '-e', "fetch('http://127.0.0.1:3000/health')"],
  volumes: [{ source: 'sandbox-keys', target: '/keys' }],
  dependsOn: {},
  replicas: 2,
};

describe('placeProcess', () => {
  it('gives each replica a port of its own, and finds the others', () => {
    expect(placeProcess(SERVICE, 1, PORTS, '/data/volumes')).toEqual({
      command: ['node', 'api.js'],
      environment: {
        HOST: '127.0.0.1',
        PORT: '3002',
        DATABASE_URL: 'postgres://u:p@127.0.0.1:5001/zhimaper',
        GATEWAY: 'http://127.0.0.1:4001/gateway.do',
        KEY_FILE: '/data/volumes/sandbox-keys/key.pem',
        NETWORKS: '10.0.0.0/8',
      },
      healthcheck: ['node', '-e', "fetch('http://127.0.0.1:3002/health')"],
    });
  });

  it('reads the port from the command where the environment has none', () => {
    const sandbox: ComposeService = {
      ...SERVICE,
      name: 'sandbox',
      command: ['node', 's.js', '--host', '0.0.0.0', '--port', '4000', '--keys', '/keys'],
      environment: {},
      healthcheck: ['node', '-e', "fetch('http://127.0.0.1:4000/')"],
    };
    expect(placeProcess(sandbox, 0, PORTS, '/v')).toEqual({
      command: [
        'node',
        's.js',
        '--host',
        '127.0.0.1',
        '--port',
        '4001',
        '--keys',
        '/v/sandbox-keys',
      ],
      environment: {},
      healthcheck: ['node', '-e', "fetch('http://127.0.0.1:4001/')"],
    });
  });

  it('names every replica to nginx', () => {
    const nginx = { ...SERVICE, name: 'nginx', environment: { API_SERVERS: 'server api:3000;' } };
    expect(placeProcess(nginx, 0, PORTS, '/v').environment).toEqual({
      API_SERVERS: 'server 127.0.0.1:3001; server 127.0.0.1:3002;',
    });
    expect(addressOf('api', 1, PORTS)).toBe('http://127.0.0.1:3002');
  });
});

describe('fillIn', () => {
  it("fills in what the environment has, and leaves nginx's own variables", () => {
    expect(fillIn('listen ${PORT}; $uri ${OTHER}', { PORT: '80' })).toBe(
      'listen 80; $uri ${OTHER}',
    );
  });
});
