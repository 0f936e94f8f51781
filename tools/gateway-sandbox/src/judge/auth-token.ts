import { gatewayError, type GatewayError } from '../answer/gateway-error.js';
import type { TokenBook } from '../tokens/token-book.js';

/**
 * A user's access token, where the call carries one. None of the interfaces here needs it, so that one from elsewhere
 * passes; one of the sandbox's own has to be alive.
 */
export function checkAuthToken(
  params: ReadonlyMap<string, string>,
  { tokens, now }: { tokens: TokenBook; now: number },
): GatewayError | null {
  const fault = tokens.accessFault(params.get('auth_token') ?? '', now);
  return fault === null ? null : gatewayError(fault);
}
