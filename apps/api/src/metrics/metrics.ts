import type { FailureClass, OutcomeClass } from '@zhimaper/alipay-core';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ENDED_LINE_STATUSES, type EndedLineStatus } from '../batches/batch-status.js';
import { subCodeLabel } from './sub-code-label.js';

/** One number, or one for each value of the gauge's label. */
type Reading = number | Readonly<Record<string, number>>;

export interface GaugeDescription {
  /** Begins with `zhimaper_`. */
  name: string;
  help: string;
  /** The label that tells the numbers of a reading apart. */
  label?: string;
  read: () => Reading | Promise<Reading>;
}

interface GatewayResult {
  outcome: OutcomeClass | FailureClass;
  code: string | null;
  subCode?: string | null;
}

const HTTP_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const GATEWAY_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30];

/**
 * The process's metrics in Prometheus' form. Labels hold route patterns and codes of the catalogue: never a
 * person's data, a client or anything else that grows with use.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'zhimaper_http_request_duration_seconds',
    help: 'Requests by method, route pattern and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: HTTP_BUCKETS,
    registers: [this.#registry],
  });
  readonly #calls = new Counter({
    name: 'zhimaper_gateway_calls_total',
    help: 'Gateway calls by outcome and sub-code.',
    labelNames: ['call', 'outcome', 'sub_code'],
    registers: [this.#registry],
  });
  readonly #callDurations = new Histogram({
    name: 'zhimaper_gateway_call_duration_seconds',
    help: 'Gateway calls by outcome, from signing to the verified answer.',
    labelNames: ['call', 'outcome'],
    buckets: GATEWAY_BUCKETS,
    registers: [this.#registry],
  });

  readonly #batchLines = new Counter({
    name: 'zhimaper_batch_lines_total',
    help: 'Lines of batches that this process ended, by how.',
    labelNames: ['status'],
    registers: [this.#registry],
  });

  constructor() {
    // One that was never counted is no number, from which nobody can tell that it stands still.
    for (const status of ENDED_LINE_STATUSES) this.batchLines(status, 0);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Adds those of the process itself: memory, CPU, event loop lag, garbage collection. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  batchLines(status: EndedLineStatus, lines: number): void {
    this.#batchLines.inc({ status }, lines);
  }

  /** @param route its pattern; null where no route was found */
  request(method: string, route: string | null, status: number, seconds: number): void {
    this.#requests.observe({ method, route: route ?? 'none', status }, seconds);
  }

  /**
   * Makes a gateway call and counts it by its outcome.
   *
   * @param call what it is for, such as `apply`
   */
  async gatewayCall<Result extends GatewayResult>(
    call: string,
    make: () => Promise<Result>,
  ): Promise<Result> {
    const startedAt = performance.now();
    const result = await make();
    const { outcome } = result;
    this.#calls.inc({ call, outcome, sub_code: subCodeLabel(result) });
    this.#callDurations.observe({ call, outcome }, (performance.now() - startedAt) / 1_000);
    return result;
  }

  /**
   * Adds a number that is read when the metrics are asked for. Where it cannot be read it is left out, so that the
   * others still are there.
   *
   * @example
   * metrics.gauge({ name: 'zhimaper_spool_entries', help: '…', read: () => spool.count() });
   */
  gauge({ name, help, label, read }: GaugeDescription): void {
    new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [this.#registry],
      async collect() {
        this.reset();
        try {
          const reading = await read();
          if (typeof reading === 'number') this.set(reading);
          else if (label !== undefined) {
            for (const [value, number] of Object.entries(reading))
              this.set({ [label]: value }, number);
          }
        } catch {
          this.remove();
        }
      },
    });
  }

  /** All of them, in Prometheus' text format. */
  async text(): Promise<string> {
    return this.#registry.metrics();
  }
}
