import { Readable } from 'node:stream';
import { request } from 'undici';
import { applicationOf, nextPerson } from './person.js';

let uploads = 0;

/** Uploads a batch of so many people whom nobody was sent for before, and answers its id. */
export async function uploadBatch(url: string, apiKey: string, lines: number): Promise<string> {
  uploads += 1;
  const answer = await request(`${url}/v1/batches`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/jsonl',
      'idempotency-key': `bench-batch-${uploads}`,
    },
    body: Readable.from(jsonLines(lines)),
    headersTimeout: 0,
  });
  const body: unknown = await answer.body.json();
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  if (answer.statusCode === 201 && typeof id === 'string') return id;
  throw new Error(`A batch was answered with ${answer.statusCode}.`);
}

/** A chunk of some lines at a time: one a line would be a packet a line. */
function* jsonLines(lines: number): Generator<string> {
  for (let left = lines; left > 0; left -= LINES_A_CHUNK) {
    const people = Array.from({ length: Math.min(left, LINES_A_CHUNK) }, nextPerson);
    yield people.map((n) => `${JSON.stringify(applicationOf(n))}\n`).join('');
  }
}

const LINES_A_CHUNK = 200;
