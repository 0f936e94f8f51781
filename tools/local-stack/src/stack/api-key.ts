import { SCOPES } from '@zhimaper/api-client';
import { StackError } from '../stack-error.js';
import { describeProblem, postToApi } from './api-calls.js';

/** The one caller of the stack: over all restarts the same, so that it finds its records again. */
const CLIENT_NAME = 'local-stack';

/**
 * Has the api make a key with every scope.
 *
 * @throws StackError `API_FAILED`
 */
export async function makeApiKey(
  api: string,
  adminKey: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const answer = await postToApi(api, {
    path: '/v1/api-keys',
    bearer: adminKey,
    body: { name: 'local-stack', clientName: CLIENT_NAME, scopes: SCOPES },
    signal,
  });
  const key = answer.body['key'];
  if (answer.status === 201 && typeof key === 'string') return key;
  throw new StackError('API_FAILED', `The api made no key: ${describeProblem(answer)}.`, {
    nextStep: "See the api's log.",
  });
}
