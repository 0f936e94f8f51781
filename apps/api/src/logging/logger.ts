import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { describeError } from './describe-error.js';
import { requestContext } from './request-context.js';
import { scrubLine } from './scrub-line.js';

/** Injection token of the one logger. */
export const LOGGER = Symbol('Logger');

const SECRET_PATHS = [
  'authorization',
  'key',
  'accessToken',
  'refreshToken',
  'certNo',
  'name',
  'mobile',
];

/** A write wakes whoever reads the log, and takes longer than the line: so many bytes go together, or what came in 50 ms. */
const BYTES_TOGETHER = 4_096;
const LONGEST_WAIT_MS = 50;

/**
 * The process's logger: one JSON object a line, with the ids of the request that it belongs to.
 *
 * Nobody should hand it personal data. Should someone do so: members of those names are cut out, errors lose
 * what a database puts into them, and each line passes the scrubber that knows numbers, keys and tokens by
 * their form.
 *
 * @param destination where lines go; standard output by default
 */
export function createLogger(
  level: string,
  destination: DestinationStream = standardOutput(),
): Logger {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    base: { service: 'zhimaper-api' },
    serializers: { err: describeError },
    redact: { paths: SECRET_PATHS.flatMap((path) => [path, `*.${path}`]), censor: '[redacted]' },
    formatters: { level: (label: string) => ({ level: label }) },
    // A copy: pino writes each line's members into it.
    mixin: () => ({ ...requestContext.getStore() }),
    hooks: { streamWrite: scrubLine },
  };
  return pino(options, destination);
}

/** Only what ends a process without its knowing, such as SIGKILL, loses the lines of the last moment. */
function standardOutput(): DestinationStream {
  const stream = pino.destination({
    fd: process.stdout.fd,
    minLength: BYTES_TOGETHER,
    periodicFlush: LONGEST_WAIT_MS,
    sync: true,
  });
  process.once('exit', () => {
    stream.flushSync();
  });
  return stream;
}
