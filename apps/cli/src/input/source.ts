import { createReadStream } from 'node:fs';
import type { CliContext } from '../runtime/context.js';
import { CommandFailure, Interrupted } from '../runtime/failure.js';
import { systemCode } from '../runtime/error-shape.js';

/** Reads a file, or stdin where `source` is `-`, whole; more than `maxBytes` is refused. */
export async function readSource(
  context: CliContext,
  source: string,
  maxBytes: number,
): Promise<Uint8Array> {
  if (source === '-') return readStdin(context, maxBytes);
  try {
    return await collect(createReadStream(source, { end: maxBytes }), source, maxBytes);
  } catch (cause) {
    if (cause instanceof CommandFailure) throw cause;
    throw unreadable(source, cause);
  }
}

/** The same, as text: UTF-8, a byte order mark dropped. */
export async function readTextSource(
  context: CliContext,
  source: string,
  maxBytes: number,
): Promise<string> {
  const bytes = await readSource(context, source, maxBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CommandFailure('invalid-input', `${nameOf(source)} is not UTF-8 text.`, {
      nextStep: 'Save it as UTF-8 and call again; nothing was sent.',
      cause,
    });
  }
}

/** How messages name a source. */
export function nameOf(source: string): string {
  return source === '-' ? 'stdin' : source;
}

async function readStdin(context: CliContext, maxBytes: number): Promise<Uint8Array> {
  const interrupted = new Promise<never>((_resolve, reject) => {
    const stop = () => {
      reject(new Interrupted('Interrupted while reading stdin.'));
    };
    if (context.signal.aborted) stop();
    else context.signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([collect(context.stdin, '-', maxBytes), interrupted]);
}

async function collect(
  chunks: AsyncIterable<Uint8Array | string>,
  source: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > maxBytes) {
      throw new CommandFailure(
        'invalid-input',
        `${nameOf(source)} is longer than ${maxBytes} bytes.`,
        {
          nextStep: 'Give a smaller one; nothing was sent.',
        },
      );
    }
    parts.push(bytes);
  }
  return Buffer.concat(parts, size);
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'its permissions forbid it',
  EISDIR: 'it is a folder',
};

/** Why a source cannot be read. */
export function unreadable(source: string, cause: unknown): CommandFailure {
  const code = systemCode(cause) ?? 'unknown cause';
  return new CommandFailure(
    'invalid-input',
    `${nameOf(source)} cannot be read: ${CAUSES[code] ?? code}.`,
    {
      nextStep: 'Check the path, or give - to read stdin.',
      cause,
    },
  );
}
