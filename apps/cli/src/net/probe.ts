import { Interrupted } from '../runtime/failure.js';
import { causeOf, systemCode } from '../runtime/error-shape.js';

export interface ProbeRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** For the whole answer. Default 5,000. */
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
}

/** What came back: an answer, or why there is none. */
export type Probed =
  | {
      readonly reached: true;
      readonly status: number;
      readonly date: string | null;
      /** The body. */
      readonly text: string;
      /** The same as JSON; null where it is none. */
      readonly body: unknown;
    }
  | { readonly reached: false; readonly reason: string };

const USUAL_TIMEOUT_MS = 5_000;

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved now',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was reset',
  CERT_HAS_EXPIRED: 'its TLS certificate expired',
};

/** Sends one small request and tells what came back. Throws `Interrupted` alone. */
export async function probe(
  url: string,
  { method = 'GET', headers = {}, json, timeoutMs = USUAL_TIMEOUT_MS, signal }: ProbeRequest,
): Promise<Probed> {
  try {
    const response = await fetch(url, {
      method,
      headers: json === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: json === undefined ? null : JSON.stringify(json),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const { status, headers: answered } = response;
    const text = await response.text();
    return { reached: true, status, date: answered.get('date'), text, body: parseOrNull(text) };
  } catch (error) {
    if (signal.aborted) throw new Interrupted('Interrupted.');
    return { reached: false, reason: reasonOf(error, timeoutMs) };
  }
}

/** A member of an answer's body as text; null where there is none. */
export function textMember(body: unknown, name: string): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : null;
}

function reasonOf(error: unknown, timeoutMs: number): string {
  const isTimeout =
    typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';
  if (isTimeout) return `no answer within ${timeoutMs / 1000} s`;
  const code = systemCode(causeOf(error));
  return code === null ? 'the connection failed' : (REASONS[code] ?? code);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
