import { createApiClient, type ApiClient } from '@zhimaper/api-client';
import { readApiSettings, type ApiSettings } from '../config/api-settings.js';
import type { CliContext } from '../runtime/context.js';

/** Longer than the api itself lets a call to the gateway take, in milliseconds. */
const USUAL_TIMEOUT_MS = 30_000;

/** A client of the api that the settings name; it waits so long for an answer and no longer. */
export async function connectToApi(
  context: CliContext,
  timeoutMs = USUAL_TIMEOUT_MS,
): Promise<ApiClient> {
  return apiOf(await readApiSettings(context), timeoutMs);
}

export function apiOf({ url, key }: ApiSettings, timeoutMs = USUAL_TIMEOUT_MS): ApiClient {
  return createApiClient({ baseUrl: url, apiKey: key, timeoutMs });
}
