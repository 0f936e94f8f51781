import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ScenarioAction } from '../scenarios/scenario.js';
import { sendReply, type Reply } from './reply.js';

const SLOW_STEPS = 20;
const PROXY_PAGE = '<html><body><h1>Bad Gateway</h1></body></html>';

/** Waits before an answer; `closing` ends the wait. */
export async function delay(action: ScenarioAction, closing: AbortSignal): Promise<void> {
  if (action.delayMs !== undefined) await sleep(action.delayMs, undefined, { signal: closing });
}

/** A TCP reset: whatever was on its way is lost, and the other side is told so. */
export function resetConnection(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

/** Sends an answer the way the scenario says, or plainly. */
export async function deliver(
  response: ServerResponse,
  reply: Reply,
  action: ScenarioAction,
  closing: AbortSignal,
): Promise<void> {
  if (action.resetAfter) {
    resetConnection(response);
  } else if (action.status !== undefined || action.html !== undefined) {
    sendReply(response, proxyPage(action));
  } else if (action.slowBody !== undefined) {
    await dribble(response, reply, action.slowBody, closing);
  } else if (action.truncate !== undefined) {
    sendReply(response, { ...reply, body: cut(reply.body, action.truncate) });
  } else {
    sendReply(response, reply);
  }
}

function proxyPage({ status = 200, html = PROXY_PAGE }: ScenarioAction): Reply {
  return { status, headers: { 'Content-Type': 'text/html' }, body: Buffer.from(html) };
}

/** The length that is declared is that of the cut: the HTTP message is whole, what it says is not. */
function cut(body: Buffer, truncate: true | number): Buffer {
  return body.subarray(0, truncate === true ? Math.floor(body.length / 2) : truncate);
}

async function dribble(
  response: ServerResponse,
  { status, headers, body }: Reply,
  totalMs: number,
  closing: AbortSignal,
): Promise<void> {
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  const size = Math.ceil(body.length / SLOW_STEPS);
  for (let sent = 0; sent < body.length && !response.destroyed; sent += size) {
    await sleep(totalMs / SLOW_STEPS, undefined, { signal: closing });
    response.write(body.subarray(sent, sent + size));
  }
  response.end();
}
