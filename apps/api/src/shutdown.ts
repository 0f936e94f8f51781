import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { EXIT_STATUS } from './config/exit-status.js';
import { Lifecycle } from './health/lifecycle.js';

/** How long gateway calls under way may go on; then their outcome is unknown, and written down as such. */
const DRAIN_MS = 5_000;
/** How long clients have for the rest of their requests and for taking their answers. */
const CONNECTIONS_MS = 6_500;
/** When the process ends in any case; what is still under way then stays `pending`. */
const EXIT_MS = 8_000;

/**
 * Stops the service on SIGTERM or SIGINT: not ready any more, then no new connections, what is under way is finished
 * or given up in time, and the process exits with status 0.
 *
 * @param graceMs how long requests are still taken, for whoever sends them to see that it is not ready any more
 */
export function stopOnSignal(app: NestFastifyApplication, logger: Logger, graceMs: number): void {
  const stop = (signal: NodeJS.Signals) => {
    // The second signal, as a terminal and a parent process may both send one, changes nothing.
    process.removeListener('SIGTERM', stop).removeListener('SIGINT', stop);
    process.on('SIGTERM', ignore).on('SIGINT', ignore);
    logger.info({ signal }, 'stopping');
    const lifecycle = app.get(Lifecycle);
    lifecycle.drain();
    setTimeout(() => {
      lifecycle.abort();
    }, DRAIN_MS).unref();
    setTimeout(() => {
      app.getHttpServer().closeAllConnections();
    }, CONNECTIONS_MS).unref();
    setTimeout(() => {
      logger.error('stopped before everything was finished');
      process.exit(EXIT_STATUS.ok);
    }, EXIT_MS).unref();
    const graceOver = new Promise((resolve) => setTimeout(resolve, graceMs));
    graceOver
      .then(() => app.close())
      .then(
        () => {
          logger.info('stopped');
          process.exit(EXIT_STATUS.ok);
        },
        (error: unknown) => {
          logger.error({ err: error }, 'stopping failed');
          process.exit(EXIT_STATUS.software);
        },
      );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

function ignore(): void {
  // The process is stopping already.
}
