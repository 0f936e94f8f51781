import { Pool } from 'undici';
import { applicationOf, nextPerson } from './person.js';

/** Sends applications, each for a person whom nobody was sent for before. */
export interface Applicant {
  /** Sends one and returns the status of the answer. */
  send: () => Promise<number>;
  /** Sends one that must be granted. */
  apply: () => Promise<void>;
  stop: () => Promise<void>;
}

export function createApplicant(url: string, apiKey: string): Applicant {
  const pool = new Pool(url, { connections: 128, pipelining: 1 });
  const send = async () => {
    const n = nextPerson();
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/v1/authorizations',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': `bench-${n}`,
      },
      body: JSON.stringify(applicationOf(n)),
    });
    await body.dump();
    return statusCode;
  };
  return {
    send,
    apply: async () => {
      const status = await send();
      if (status !== 201) throw new Error(`An application was answered with ${status}.`);
    },
    stop: () => pool.close(),
  };
}
