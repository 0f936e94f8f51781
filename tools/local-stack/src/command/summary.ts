import type { LocalStack } from '../stack/start-local-stack.js';

/** What of a running stack is told. */
export type StackSummary = Pick<
  LocalStack,
  'api' | 'gateway' | 'databaseUrl' | 'apiKey' | 'appId' | 'keysDir' | 'dataDir' | 'authorization'
>;

/** The stack as the one line of `--json`. */
export function jsonSummary(stack: StackSummary): string {
  const { api, gateway, databaseUrl, apiKey, appId, keysDir, dataDir, authorization } = stack;
  const docs = docsOf(stack);
  return `${JSON.stringify({ api, docs, gateway, databaseUrl, apiKey, appId, keysDir, dataDir, authorization })}\n`;
}

/** What was stored, for a stack that stops at once. */
export function onceSummary({ authorization, dataDir }: StackSummary): string {
  return `
Authorization ${authorization.id} of the example person is stored in ${dataDir}.
`;
}

/** Where everything is, for people. */
export function humanSummary(stack: StackSummary, isOwnDatabase: boolean): string {
  const { api, gateway, apiKey, appId, keysDir, dataDir, authorization } = stack;
  const authorizationUrl = `${api}/v1/authorizations/${authorization.id}`;
  return `
  API            ${api}
  API docs       ${docsOf(stack)}
  API key        ${apiKey}
  Gateway        ${gateway}
  App ID         ${appId}
  Database       ${isOwnDatabase ? stack.databaseUrl : withoutPassword(stack.databaseUrl)}
  Keys           ${keysDir}
  Data and logs  ${dataDir}

The example person's authorization:
  curl -H 'Authorization: Bearer ${apiKey}' ${authorizationUrl}

Ctrl-C stops everything; the data stays.
`;
}

function docsOf({ api }: StackSummary): string {
  return `${api}/docs`;
}

/** Another's password does not belong on a screen; that of our own server was made for it. */
function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (url.password) url.password = '***';
  if (url.searchParams.has('password')) url.searchParams.set('password', '***');
  return url.href;
}
