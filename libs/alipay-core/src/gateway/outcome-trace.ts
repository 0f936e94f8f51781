import type { JsonObject } from './answer.js';

/** Anything else is no trace id, and must not reach a log unread. */
const TRACE_ID = /^[\w.-]{1,128}$/;

/** The gateway's trace id from an answer's headers, in any spelling, or null. */
export function traceIdOfHeaders(headers: Readonly<Record<string, string>>): string | null {
  for (const [name, value] of Object.entries(headers)) {
    if (/^trace[-_]?id$/i.test(name) && TRACE_ID.test(value)) return value;
  }
  return null;
}

/** The gateway's trace id from the answer itself, or null. */
export function traceIdOfMember(data: JsonObject): string | null {
  const value = data['trace_id'];
  return typeof value === 'string' && TRACE_ID.test(value) ? value : null;
}
