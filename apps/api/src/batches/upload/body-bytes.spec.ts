import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { bodyBytes } from './body-bytes.js';

const NEVER = new AbortController().signal;

async function read(stream: PassThrough, silenceMs = 60_000, stop = NEVER): Promise<string> {
  let text = '';
  try {
    for await (const chunk of bodyBytes(stream, { silenceMs, stop })) text += String(chunk);
    return `${text} (end)`;
  } catch (error) {
    return `${text} (${(error as { code: string }).code})`;
  }
}

describe('bodyBytes', () => {
  it('gives all pieces', async () => {
    const stream = new PassThrough();
    const text = read(stream);
    stream.write('ab');
    await new Promise(setImmediate);
    stream.end('cd');
    expect(await text).toBe('abcd (end)');
  });

  it('leaves the rest to others where nobody wants it', async () => {
    const stream = new PassThrough();
    stream.write('ab');
    for await (const chunk of bodyBytes(stream, { silenceMs: 60_000, stop: NEVER })) {
      expect(String(chunk)).toBe('ab');
      break;
    }
    const end = once(stream, 'end');
    stream.resume().end('cd');
    await end;
  });

  it('ends where nothing arrives for too long', async () => {
    const stream = new PassThrough();
    stream.write('ab');
    expect(await read(stream, 20)).toBe('ab (request-timeout)');
    expect(stream.destroyed).toBe(false);
  });

  it('ends where the body breaks off', async () => {
    const stream = new PassThrough();
    stream.write('ab');
    const text = read(stream);
    await new Promise(setImmediate);
    stream.destroy(new Error('aborted'));
    expect(await text).toBe('ab (malformed-request)');
  });

  it('ends with the process', async () => {
    const stream = new PassThrough();
    const stop = new AbortController();
    stream.write('ab');
    const text = read(stream, 60_000, stop.signal);
    await new Promise(setImmediate);
    stop.abort();
    expect(await text).toBe('ab (service-stopping)');
  });
});
