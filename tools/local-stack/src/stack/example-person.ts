import { StackError } from '../stack-error.js';
import { describeProblem, postToApi } from './api-calls.js';

/** The request example of the interface's document, under a consent that is as made up as the person. */
const APPLICATION = {
  certType: 'IDENTITY_CARD',
  certNo: '330701199901011311',
  name: '张三',
  mobile: '13588111111',
  linkedMerchantId: '2088721630869411',
  reference: 'local-stack-example',
  consent: {
    reference: 'local-stack-example',
    textVersion: '2025-01',
    grantedAt: '2025-01-01T00:00:00Z',
  },
};

/** Fixed, so that a restart finds the authorisation of the first start instead of applying again. */
const IDEMPOTENCY_KEY = 'local-stack-example-person';

/** How often the person may be erased before a fresh folder is the better answer. */
const KEY_LIMIT = 100;

/** The api's answer about the example person, member for member. */
export interface ExampleAuthorization extends Record<string, unknown> {
  id: string;
  status: 'authorized';
}

export interface ExampleResult {
  authorization: ExampleAuthorization;
  /** Whether an earlier start had stored it. */
  replayed: boolean;
}

interface ExampleOptions {
  api: string;
  apiKey: string;
  dataDir: string;
  signal?: AbortSignal | undefined;
}

/**
 * Sends the document's example person through the whole path.
 *
 * @throws StackError `EXAMPLE_NOT_AUTHORIZED` when no authorisation is stored in the end
 */
export async function authorizeExamplePerson(options: ExampleOptions): Promise<ExampleResult> {
  for (let count = 1; ; count++) {
    const answer = await postToApi(options.api, {
      path: '/v1/authorizations',
      bearer: options.apiKey,
      body: APPLICATION,
      headers: { 'idempotency-key': count === 1 ? IDEMPOTENCY_KEY : `${IDEMPOTENCY_KEY}-${count}` },
      signal: options.signal,
    });
    const authorization = answer.body;
    if (answer.status === 201 && isAuthorized(authorization)) {
      return { authorization, replayed: answer.headers.get('idempotent-replayed') === 'true' };
    }
    // Somebody had it erased: this one is spent, and a new application is what a first start would make.
    if (answer.status === 410 && count < KEY_LIMIT) continue;
    throw new StackError(
      'EXAMPLE_NOT_AUTHORIZED',
      `The example person's authorisation was not stored: ${describeProblem(answer)}.`,
      {
        nextStep: `See the api's log in ${options.dataDir}/logs; to start afresh, delete the data folder.`,
      },
    );
  }
}

function isAuthorized(body: Record<string, unknown>): body is ExampleAuthorization {
  return typeof body['id'] === 'string' && body['status'] === 'authorized';
}
