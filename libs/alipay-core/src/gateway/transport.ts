/** One HTTP POST to the gateway, fully built: nothing below this line decides anything about its content. */
export interface GatewayHttpRequest {
  url: string;
  headers: Record<string, string>;
  body: Uint8Array;
  /** Time left for the whole exchange, in milliseconds. */
  timeoutMs: number;
  /** Most body bytes to read before giving up. */
  maxResponseBytes: number;
  signal?: AbortSignal;
}

/** Why no request byte left: safe to repeat. */
export type NotSentReason =
  | 'dns-failure'
  | 'connection-refused'
  | 'connect-timeout'
  | 'tls-failure'
  /** Anything else before the first byte: no route, a proxy that refuses, no free connection. */
  | 'connect-failed'
  /** A transport of the caller's own held the call back: the gateway failed too often of late. */
  | 'circuit-open'
  /** The same, since too many calls were under way. */
  | 'too-many-calls'
  /** The same, since the calls that may be made in this time were used up. */
  | 'over-budget'
  | 'aborted-before-sending';

/** Why there is no whole answer although the request may have arrived: never safe to repeat. */
export type NoAnswerReason = 'timeout' | 'connection-reset' | 'aborted' | 'response-too-large';

/** What became of one exchange. A transport reports faults as values and never throws them. */
export type TransportResult =
  | { kind: 'response'; status: number; headers: Record<string, string>; body: Uint8Array }
  | { kind: 'not-sent'; reason: NotSentReason; cause?: unknown }
  | { kind: 'no-answer'; reason: NoAnswerReason; cause?: unknown };

/** The one place that touches the network; inject your own to test without it. */
export interface Transport {
  send(request: GatewayHttpRequest): Promise<TransportResult>;
  close(): Promise<void>;
}
