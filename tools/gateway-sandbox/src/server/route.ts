import type { IncomingMessage, ServerResponse } from 'node:http';

import type { GatewayCertificates } from '../certificates/gateway-certificates.js';
import { InvalidInputError } from '../input/members.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Notifier } from '../notifications/notifier.js';
import type { ScenarioBook } from '../scenarios/scenario-book.js';
import { MAX_BODY_BYTES, readBody } from './read-body.js';
import { sendJson, sendProblem } from './reply.js';

export interface ControlState {
  ledger: Ledger;
  scenarios: ScenarioBook;
  certificates: GatewayCertificates;
  notifier: Notifier;
  clock: () => number;
}

type Handler = (
  state: ControlState,
  request: IncomingMessage,
  response: ServerResponse,
) => void | Promise<void>;

/** What a path does, by HTTP method. */
export type Route = ReadonlyMap<string, Handler>;

/** Answers what the state has to show. */
export function shows(look: (state: ControlState) => unknown): Handler {
  return async (state, _request, response) => {
    sendJson(response, 200, await look(state));
  };
}

/** Does something and answers 204. */
export function does(act: (state: ControlState) => void): Handler {
  return (state, _request, response) => {
    act(state);
    response.writeHead(204).end();
  };
}

/** Takes a JSON body, hands it on, and answers the result; 400 where it is not one that can be carried out. */
export function takes(
  what: string,
  status: number,
  act: (state: ControlState, input: unknown) => unknown,
): Handler {
  return async (state, request, response) => {
    const body = await readBody(request);
    if (body === null) {
      sendProblem(response, 413, `A ${what} has at most ${MAX_BODY_BYTES} bytes.`);
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
      sendJson(response, status, await act(state, input));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      sendProblem(response, 400, error.message);
    }
  };
}
