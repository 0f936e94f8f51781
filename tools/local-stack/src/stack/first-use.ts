import { makeApiKey } from './api-key.js';
import { authorizeExamplePerson, type ExampleAuthorization } from './example-person.js';
import type { StepRunner } from './steps.js';

interface FirstUse {
  api: string;
  adminKey: string;
  dataDir: string;
  signal: AbortSignal | undefined;
}

/** What an api is good for once it was used: a fresh key with every scope, and an authorisation. */
export interface UsedApi {
  apiKey: string;
  authorization: ExampleAuthorization;
}

/**
 * Makes an API key and sends the example person through the whole path.
 *
 * @throws StackError `API_FAILED`, `EXAMPLE_NOT_AUTHORIZED`
 */
export async function useOnce(
  step: StepRunner,
  { api, adminKey, dataDir, signal }: FirstUse,
): Promise<UsedApi> {
  const apiKey = await step(
    'Making an API key',
    () => makeApiKey(api, adminKey, signal),
    () => 'API key made',
  );
  const { authorization } = await step(
    'Sending the example person',
    () => authorizeExamplePerson({ api, apiKey, dataDir, signal }),
    ({ replayed }) =>
      replayed ? 'Example person authorized by an earlier start' : 'Example person authorized',
  );
  return { apiKey, authorization };
}
