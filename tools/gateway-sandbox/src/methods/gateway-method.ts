import type { GatewayError } from '../answer/gateway-error.js';
import type { GatewayCertificates } from '../certificates/gateway-certificates.js';
import type { Grant, IssuedPair, TokenBook } from '../tokens/token-book.js';
import type { GatewayRequest } from '../wire/gateway-request.js';

/** What a method says: the members of its response, or an error. */
export type MethodAnswer =
  | { kind: 'success'; members: Readonly<Record<string, string | number>> }
  | { kind: 'error'; error: GatewayError };

/** What a method's check may look at. */
interface CheckContext {
  /** Milliseconds since 1970. */
  now: number;
  tokens: TokenBook;
  certificates: GatewayCertificates;
}

/** What a method answers with. The ledger remembers every pair issued. */
export interface AnswerContext {
  /** Milliseconds since 1970. */
  now: number;
  certificates: GatewayCertificates;
  grantTokens: (terms: Pick<Grant, 'permanent'>) => IssuedPair;
  refreshTokens: (refreshToken: string) => IssuedPair;
}

/** One interface of the gateway. */
export interface GatewayMethod {
  name: string;
  /** Judges the business parameters; null where they are in order. */
  check(request: GatewayRequest, context: CheckContext): GatewayError | null;
  /** Answers an accepted request. */
  answer(request: GatewayRequest, context: AnswerContext): MethodAnswer;
}
