import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { GatewayHttpRequest, Transport, TransportResult } from './transport.js';
import { createUndiciTransport, type UndiciTransportOptions } from './undici-transport.js';

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

function transport(options: UndiciTransportOptions = {}): Transport {
  const made = createUndiciTransport({ env: {}, ...options });
  open.push(made);
  return made;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function rawServer(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  const port = await listen(server);
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return `http://127.0.0.1:${port}/gateway.do`;
}

async function httpServer(listener: RequestListener): Promise<string> {
  const server = createHttpServer(listener);
  const port = await listen(server);
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${port}/gateway.do`;
}

function post(url: string, overrides: Partial<GatewayHttpRequest> = {}): GatewayHttpRequest {
  return {
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
    body: Buffer.from('biz_content=%7B%7D'),
    timeoutMs: 5_000,
    maxResponseBytes: 1_000,
    ...overrides,
  };
}

function summary(result: TransportResult) {
  return result.kind === 'response'
    ? `${result.status} ${Buffer.from(result.body).toString()}`
    : `${result.kind} ${result.reason}`;
}

describe('undici transport', () => {
  it('posts the bytes and returns status, headers and bytes', async () => {
    const url = await httpServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.setHeader('Trace_Id', 'abc');
        response.end(`${request.method} ${request.url} ${body}`);
      });
    });
    const result = await transport().send(post(`${url}?charset=utf-8`));
    expect(summary(result)).toBe('200 POST /gateway.do?charset=utf-8 biz_content=%7B%7D');
    expect(result.kind === 'response' && result.headers['trace_id']).toBe('abc');
  });

  it('goes where each URL says, however it is written', async () => {
    const [one, other] = [
      await httpServer((request, response) => response.end(`one ${request.url}`)),
      await httpServer((request, response) => response.end(`other ${request.url}`)),
    ];
    const client = transport();
    const urls = [`${one}?a=%20`, `${other}?a=1`, one, `${one}?`, `${one}?a=b c'`, `${one}#f?a=1`];
    const answers = [];
    for (const url of urls) answers.push(summary(await client.send(post(url))));
    expect(answers).toEqual([
      '200 one /gateway.do?a=%20',
      '200 other /gateway.do?a=1',
      '200 one /gateway.do',
      '200 one /gateway.do',
      '200 one /gateway.do?a=b%20c%27',
      '200 one /gateway.do',
    ]);
  });

  it('reuses connections (a fresh one serves while the last is being checked for a late close)', async () => {
    const ports = new Set<number>();
    const url = await httpServer((request, response) => {
      ports.add(request.socket.remotePort ?? 0);
      request.resume().on('end', () => response.end('ok'));
    });
    const client = transport();
    for (let call = 0; call < 5; call += 1) await client.send(post(url));
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('does not follow a redirect', async () => {
    let calls = 0;
    const url = await httpServer((request, response) => {
      calls += 1;
      request.resume().on('end', () => response.writeHead(307, { location: '/elsewhere' }).end());
    });
    expect(summary(await transport().send(post(url)))).toBe('307 ');
    expect(calls).toBe(1);
  });

  it('calls a refused connection not sent', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(summary(await transport().send(post(`http://127.0.0.1:${port}/gateway.do`)))).toBe(
      'not-sent connection-refused',
    );
  });

  it('calls an unknown host not sent', async () => {
    const result = await transport().send(post('http://gateway.invalid/gateway.do'));
    expect(summary(result)).toBe('not-sent dns-failure');
  });

  it('calls a failed TLS handshake not sent', async () => {
    const url = await httpServer((_request, response) => response.end('plain'));
    const result = await transport().send(post(url.replace('http:', 'https:')));
    expect(summary(result)).toBe('not-sent tls-failure');
  });

  it('calls a handshake that never ends not sent', async () => {
    const url = await rawServer(() => undefined);
    const result = await transport().send(post(url.replace('http:', 'https:'), { timeoutMs: 200 }));
    expect(summary(result)).toBe('not-sent connect-timeout');
  });

  it('has no answer after a reset, and sends the request once', async () => {
    let requests = 0;
    const url = await rawServer((socket) => {
      socket.on('data', (chunk) => {
        if (chunk.toString().startsWith('POST')) requests += 1;
        socket.resetAndDestroy();
      });
    });
    expect(summary(await transport().send(post(url)))).toBe('no-answer connection-reset');
    expect(requests).toBe(1);
  });

  it('does not send again when a kept connection turns out to be dead', async () => {
    let requests = 0;
    const url = await rawServer((socket) => {
      socket.on('data', () => {
        requests += 1;
        if (requests === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
        else socket.resetAndDestroy();
      });
    });
    const client = transport();
    expect(summary(await client.send(post(url)))).toBe('200 ok');
    expect(summary(await client.send(post(url)))).toBe('no-answer connection-reset');
    expect(requests).toBe(2);
  });

  it('has no answer when the body is cut short', async () => {
    const url = await rawServer((socket) => {
      socket.once('data', () =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"half":'),
      );
    });
    expect(summary(await transport().send(post(url)))).toBe('no-answer connection-reset');
  });

  it('has no answer once the deadline is over, whether headers or body are late', async () => {
    const silent = await rawServer(() => undefined);
    const dribbling = await rawServer((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'));
    });
    for (const url of [silent, dribbling]) {
      const started = performance.now();
      expect(summary(await transport().send(post(url, { timeoutMs: 150 })))).toBe(
        'no-answer timeout',
      );
      expect(performance.now() - started).toBeLessThan(1_500);
    }
  });

  it('tells an abort before sending from one after', async () => {
    const url = await rawServer(() => undefined);
    const early = AbortSignal.abort();
    expect(summary(await transport().send(post(url, { signal: early })))).toBe(
      'not-sent aborted-before-sending',
    );
    const late = new AbortController();
    setTimeout(() => late.abort(), 100);
    expect(summary(await transport().send(post(url, { signal: late.signal })))).toBe(
      'no-answer aborted',
    );
  });

  it('never sends a call that was given up while it waited for a connection', async () => {
    const bodies: string[] = [];
    const url = await httpServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        bodies.push(body);
        setTimeout(() => response.end('ok'), 300);
      });
    });
    const client = transport({ connections: 1 });
    const first = client.send(post(url, { body: Buffer.from('first') }));
    const second = client.send(post(url, { body: Buffer.from('second'), timeoutMs: 100 }));
    expect(summary(await second)).toBe('not-sent connect-timeout');
    expect(summary(await first)).toBe('200 ok');
    expect(summary(await client.send(post(url, { body: Buffer.from('third') })))).toBe('200 ok');
    expect(bodies).toEqual(['first', 'third']);
  });

  it('takes an answer of the limit and refuses one byte more', async () => {
    const url = await httpServer((request, response) => {
      const size = Number(new URL(request.url ?? '', 'http://x').searchParams.get('size'));
      request.resume().on('end', () => response.end('x'.repeat(size)));
    });
    const client = transport();
    const full = await client.send(post(`${url}?size=1000`));
    expect(full.kind === 'response' && full.body.length).toBe(1_000);
    expect(summary(await client.send(post(`${url}?size=1001`)))).toBe(
      'no-answer response-too-large',
    );
  });

  it('goes through the proxy of the environment, and past it for NO_PROXY', async () => {
    const connects: string[] = [];
    const proxy = await rawServer((socket) => {
      socket.once('data', (chunk) => {
        connects.push(chunk.toString().split('\r\n')[0] ?? '');
        socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      });
    });
    const env = { HTTPS_PROXY: new URL(proxy).origin };
    const request = post('https://gateway.invalid/gateway.do');
    expect(summary(await transport({ env }).send(request))).toBe('not-sent connect-failed');
    expect(connects).toEqual(['CONNECT gateway.invalid:443 HTTP/1.1']);
    const direct = transport({ env: { ...env, NO_PROXY: 'gateway.invalid' } });
    expect(summary(await direct.send(request))).toBe('not-sent dns-failure');
    expect(connects).toHaveLength(1);
  });
});
