import type { GatewayError } from '../answer/gateway-error.js';
import type { GatewayRequest } from '../wire/gateway-request.js';

/** A fresh pair of tokens. */
export interface TokenPair {
  accessToken: string;
  refreshToken: string;
}

/** What a method says: the members of its response, or an error. */
export type MethodAnswer =
  | { kind: 'success'; members: Readonly<Record<string, string>> }
  | { kind: 'error'; error: GatewayError };

/** One interface of the gateway. */
export interface GatewayMethod {
  name: string;
  /** Judges the business parameters; null where they are in order. */
  check(request: GatewayRequest): GatewayError | null;
  /** Answers an accepted request. Each call of `issueTokens` makes a pair that the ledger remembers. */
  answer(request: GatewayRequest, issueTokens: () => TokenPair): MethodAnswer;
}
