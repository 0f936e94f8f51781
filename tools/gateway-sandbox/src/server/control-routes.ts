import type { IncomingMessage, ServerResponse } from 'node:http';

import { publicPart } from '../certificates/alipay-certificate.js';
import { parseRotation } from '../certificates/rotation.js';
import { sendProblem } from './reply.js';
import { does, shows, takes, type ControlState, type Route } from './route.js';

const ROUTES: ReadonlyMap<string, Route> = new Map([
  [
    '/_sandbox/ledger',
    new Map([
      ['GET', shows(({ ledger }) => ledger.snapshot())],
      [
        'DELETE',
        does(({ ledger }) => {
          ledger.clear();
        }),
      ],
    ]),
  ],
  [
    '/_sandbox/scenarios',
    new Map([
      ['GET', shows(({ scenarios }) => ({ scenarios: scenarios.list() }))],
      ['POST', takes('scenario', 201, ({ scenarios }, input) => ({ id: scenarios.add(input) }))],
      [
        'DELETE',
        does(({ scenarios }) => {
          scenarios.clear();
        }),
      ],
    ]),
  ],
  [
    '/_sandbox/certificate',
    new Map([
      [
        'GET',
        shows(async ({ certificates }) => {
          const configured = await certificates.open();
          const { current } = certificates;
          return { ...configured, current: current && publicPart(current) };
        }),
      ],
    ]),
  ],
  [
    '/_sandbox/certificate/rotate',
    new Map([
      [
        'POST',
        takes('rotation', 200, async ({ certificates, clock }, input) =>
          publicPart(await certificates.rotate(parseRotation(input), clock())),
        ),
      ],
      [
        'DELETE',
        does(({ certificates }) => {
          certificates.restore();
        }),
      ],
    ]),
  ],
  [
    '/_sandbox/notifications',
    new Map([['POST', takes('notification', 200, ({ notifier }, input) => notifier.send(input))]]),
  ],
  [
    '/_sandbox/health',
    new Map([
      ['GET', shows(({ ledger }) => ({ status: 'ok', ledgerEntriesDropped: ledger.dropped }))],
    ]),
  ],
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
