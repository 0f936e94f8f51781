import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Ledger } from '../ledger/ledger.js';
import { InvalidScenarioError } from '../scenarios/parse-scenario.js';
import type { ScenarioBook } from '../scenarios/scenario-book.js';
import { MAX_BODY_BYTES, readBody } from './read-body.js';
import { sendJson, sendProblem } from './reply.js';

export interface ControlState {
  ledger: Ledger;
  scenarios: ScenarioBook;
}

type Handler = (
  state: ControlState,
  request: IncomingMessage,
  response: ServerResponse,
) => void | Promise<void>;

const LEDGER_ROUTE = new Map<string, Handler>([
  [
    'GET',
    ({ ledger }, _request, response) => {
      sendJson(response, 200, ledger.snapshot());
    },
  ],
  [
    'DELETE',
    ({ ledger }, _request, response) => {
      ledger.clear();
      response.writeHead(204).end();
    },
  ],
]);

const SCENARIOS_ROUTE = new Map<string, Handler>([
  [
    'GET',
    ({ scenarios }, _request, response) => {
      sendJson(response, 200, { scenarios: scenarios.list() });
    },
  ],
  ['POST', addScenario],
  [
    'DELETE',
    ({ scenarios }, _request, response) => {
      scenarios.clear();
      response.writeHead(204).end();
    },
  ],
]);

const HEALTH_ROUTE = new Map<string, Handler>([
  [
    'GET',
    ({ ledger }, _request, response) => {
      sendJson(response, 200, { status: 'ok', ledgerEntriesDropped: ledger.dropped });
    },
  ],
]);

const ROUTES: ReadonlyMap<string, ReadonlyMap<string, Handler>> = new Map([
  ['/_sandbox/ledger', LEDGER_ROUTE],
  ['/_sandbox/scenarios', SCENARIOS_ROUTE],
  ['/_sandbox/health', HEALTH_ROUTE],
]);

/** Answers everything that is not `/gateway.do`. */
export async function handleControl(
  state: ControlState,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = ROUTES.get(path);
  if (route === undefined) {
    const routes = ['/gateway.do', ...ROUTES.keys()].join(', ');
    sendProblem(response, 404, `There is no ${path}; there are ${routes}.`);
    return;
  }
  const handler = route.get(request.method ?? '');
  if (handler === undefined) {
    const allow = [...route.keys()].join(', ');
    sendProblem(response, 405, `${path} takes ${allow}.`, { Allow: allow });
    return;
  }
  await handler(state, request, response);
}

async function addScenario(
  { scenarios }: ControlState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  if (body === null) {
    sendProblem(response, 413, `A scenario has at most ${MAX_BODY_BYTES} bytes.`);
    return;
  }
  let input: unknown;
  try {
    input = JSON.parse(body.toString('utf8'));
  } catch {
    sendProblem(response, 400, 'The body is not JSON.');
    return;
  }
  try {
    sendJson(response, 201, { id: scenarios.add(input) });
  } catch (error) {
    if (!(error instanceof InvalidScenarioError)) throw error;
    sendProblem(response, 400, error.message);
  }
}
