import createClient, { type Client } from 'openapi-fetch';
import { connectedFetch } from './connected-fetch.js';
import type { paths } from './generated/openapi.js';

export interface ApiClientOptions {
  /** The API's base URL, without the path of a route. */
  baseUrl: string;
  /** An API key; without one only the public routes answer. */
  apiKey?: string;
  /** Deadline of a request, its answer's body included, in milliseconds. Default 30,000. */
  timeoutMs?: number;
  /** Default: the runtime's own. */
  fetch?: typeof fetch;
}

/** Every route of the API by method and path, typed by its OpenAPI document. */
export type ApiClient = Client<paths, `${string}/${string}`>;

/**
 * Makes a client of the REST API.
 *
 * It repeats nothing on its own and follows no redirect: a request arrives once or not at all. `answerOf` turns what a
 * route answers into its data or an error. Throws `TypeError` for a `baseUrl` that is no http URL.
 *
 * Source: the API's OpenAPI document.
 *
 * @example
 * const api = createApiClient({ baseUrl: 'http://127.0.0.1:3000', apiKey });
 * const { data } = await answerOf(api.GET('/v1/authorizations/{id}', { params: { path: { id } } }));
 * console.log(data.status);
 */
export function createApiClient({
  baseUrl,
  apiKey,
  timeoutMs = 30_000,
  fetch: send = fetch,
}: ApiClientOptions): ApiClient {
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new TypeError('baseUrl must be an http or https URL.');
  }
  return createClient<paths>({
    baseUrl,
    redirect: 'error',
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    fetch: connectedFetch(send, timeoutMs),
  });
}
