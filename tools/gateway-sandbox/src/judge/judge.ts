import type { KeyObject } from 'node:crypto';

import { gatewayError, type GatewayError } from '../answer/gateway-error.js';
import type { GatewayCertificates } from '../certificates/gateway-certificates.js';
import type { GatewayMethod } from '../methods/gateway-method.js';
import type { TokenBook } from '../tokens/token-book.js';
import type { GatewayRequest } from '../wire/gateway-request.js';
import { readSignType } from '../wire/sign-type.js';
import { checkAuthToken } from './auth-token.js';
import { checkCertificates } from './certificates.js';
import { checkBizContent, checkEncryption, checkPublicValues } from './public-params.js';
import { checkSignature } from './signature.js';
import { isTimely } from './timestamp.js';

/** What a request is held against. */
export interface JudgeContext {
  appId: string;
  appPublicKey: KeyObject;
  methods: ReadonlyMap<string, GatewayMethod>;
  certificates: GatewayCertificates;
  tokens: TokenBook;
  /** Whether content may come encrypted. */
  hasContentKey: boolean;
  /** The gateway's own time, in milliseconds since 1970. */
  now: number;
  /** How far `timestamp` may be from it, in milliseconds; the real gateway's tolerance is not published. */
  timestampToleranceMs: number;
}

export type Judgement =
  { verdict: 'accepted'; method: GatewayMethod } | { verdict: 'refused'; error: GatewayError };

/**
 * Judges one request as the gateway does: charset, app, public parameters, method, certificates, signature, content,
 * business parameters, in that order; the first fault decides.
 */
export function judgeRequest(request: GatewayRequest, context: JudgeContext): Judgement {
  const { charset, params, malformed } = request;
  if (charset === null) return refused(gatewayError('isv.invalid-charset'));
  const [unclear] = malformed;
  if (unclear !== undefined) {
    const subMsg = `参数无效：${unclear.slice(0, 128)}重复或者编码错误`;
    return refused(gatewayError('isv.invalid-parameter', { subMsg }));
  }
  if (!params.get('method')) return refused(gatewayError('isv.missing-method'));
  if (!params.get('app_id')) return refused(gatewayError('isv.missing-app-id'));
  if (params.get('app_id') !== context.appId) return refused(gatewayError('isv.invalid-app-id'));
  if (!params.get('sign_type')) return refused(gatewayError('isv.missing-signature-type'));
  const signType = readSignType(params.get('sign_type'));
  if (signType === null) return refused(gatewayError('isv.invalid-signature-type'));

  const fault = checkPublicValues(params);
  if (fault !== null) return refused(fault);
  if (!isTimely(params.get('timestamp') ?? '', context)) {
    return refused(gatewayError('isv.invalid-timestamp'));
  }
  const method = context.methods.get(params.get('method') ?? '');
  if (method === undefined) {
    return refused(gatewayError('isv.invalid-method', { errorResponse: true }));
  }
  const deeperFault =
    checkCertificates(params, context.certificates.expected, context.now) ??
    checkSignature({ params, charset, signType }, context.appPublicKey) ??
    checkEncryption(params, context.hasContentKey) ??
    checkBizContent(request.bizContent) ??
    checkAuthToken(params, context) ??
    method.check(request, context);
  return deeperFault === null ? { verdict: 'accepted', method } : refused(deeperFault);
}

function refused(error: GatewayError): Judgement {
  return { verdict: 'refused', error };
}
