import { systemCode } from '../../runtime/system-code.js';

export interface ProbeRequest {
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the request before its own deadline. */
  readonly signal: AbortSignal;
}

/** What came back: an answer, or why there is none. */
export type Probed =
  | {
      readonly reached: true;
      readonly status: number;
      readonly date: string | null;
      readonly body: unknown;
    }
  | { readonly reached: false; readonly reason: string };

const DEADLINE_MS = 5_000;

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved now',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was reset',
  CERT_HAS_EXPIRED: 'its TLS certificate expired',
};

/** Asks an address that it is harmless to ask. Never throws. */
export async function probe(
  url: string,
  { method = 'GET', headers = {}, signal }: ProbeRequest,
): Promise<Probed> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
    const body = parseOrNull(await response.text());
    return { reached: true, status: response.status, date: response.headers.get('date'), body };
  } catch (error) {
    return { reached: false, reason: reasonOf(error) };
  }
}

/** A member of an answer's body as text; null where there is none. */
export function textMember(body: unknown, name: string): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : null;
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException) return `no answer within ${DEADLINE_MS / 1000} s`;
  const code = systemCode(error instanceof Error ? error.cause : null);
  return code === null ? 'the connection failed' : (REASONS[code] ?? code);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
