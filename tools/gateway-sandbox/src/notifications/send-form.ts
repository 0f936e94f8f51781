import { request } from 'node:http';

/** What became of a notification. */
export type Delivery =
  | {
      delivered: true;
      /** HTTP status. */
      status: number;
      /** The first 1,000 characters. */
      body: string;
      /** Whether the receiver said `success`: the real gateway would send again otherwise. */
      acknowledged: boolean;
    }
  | { delivered: false; reason: string };

const MAX_BODY_CHARACTERS = 1000;

export interface SendOptions {
  charset: string;
  timeoutMs: number;
  closing: AbortSignal;
}

/** Posts a form once and follows no redirection; the answer has to be whole within the time. */
export function sendForm(url: string, form: string, options: SendOptions): Promise<Delivery> {
  const { charset, timeoutMs, closing } = options;
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), closing]);
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const late = `no whole answer within ${timeoutMs} ms`;
      resolve({ delivered: false, reason: signal.aborted ? late : (error.code ?? error.message) });
    };
    const headers = { 'Content-Type': `application/x-www-form-urlencoded; charset=${charset}` };
    const outgoing = request(url, { method: 'POST', headers, signal, agent: false }, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        if (body.length < MAX_BODY_CHARACTERS) body += chunk;
      });
      incoming.on('error', fail);
      incoming.on('end', () => {
        const status = incoming.statusCode ?? 0;
        const acknowledged = status === 200 && body.trim() === 'success';
        resolve({
          delivered: true,
          status,
          body: body.slice(0, MAX_BODY_CHARACTERS),
          acknowledged,
        });
      });
    });
    outgoing.on('error', fail);
    outgoing.end(form);
  });
}
