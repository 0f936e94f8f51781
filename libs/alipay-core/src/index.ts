/**
 * The whole package: the gateway client and every part of it.
 *
 * @module
 */
export { AlipayClient } from './methods/alipay-client.js';
export {
  ZHIMA_AUTHORIZATION_METHOD,
  zhimaAuthorizationCall,
  type ApplyZhimaAuthorizationOptions,
  type ZhimaAuthorizationFailure,
  type ZhimaAuthorizationResult,
  type ZhimaAuthorizationSuccess,
} from './methods/apply-zhima-authorization.js';
export {
  OAUTH_TOKEN_METHOD,
  type RefreshTokenOptions,
  type RefreshTokenResult,
  type RefreshTokenSuccess,
} from './methods/refresh-token.js';
export {
  checkZhimaAuthorizationInput,
  zhimaAuthorizationInputSchema,
  zhimaInputIssues,
  type CheckedZhimaAuthorizationInput,
  type ZhimaAuthorizationCheckOptions,
  type ZhimaAuthorizationInput,
} from './methods/zhima-authorization-input.js';

export type {
  FailureReason,
  GatewayAnswer,
  GatewayFailure,
  GatewaySuccess,
  JsonObject,
  JsonValue,
} from './gateway/answer.js';
export type { BizContent, BizValue } from './gateway/biz-content.js';
export type { GatewayCall, GatewayIdentity } from './gateway/call-parameters.js';
export {
  readCertificateMode,
  type Authorities,
  type CertificateMode,
  type CertificateTexts,
  type TrustedCertificate,
} from './gateway/certificate-mode.js';
export {
  PRODUCTION_GATEWAY_URL,
  type ClientWarning,
  type GatewayClientOptions,
} from './gateway/client-options.js';
export type { ExecuteOptions } from './gateway/gateway-client.js';
export {
  assembleRequest,
  prepareRequest,
  type AssembledRequest,
  type UnsignedRequest,
} from './gateway/request.js';
export { trustIn, type AnswerVerifier, type Trust } from './gateway/outcome-signature.js';
export { parseResponse, type ParseResponseOptions } from './gateway/response-parse.js';
export type { ScannedResponse } from './gateway/response-scanner.js';
export type { RetryPolicy } from './gateway/retry.js';
export { formatTimestamp } from './gateway/timestamp.js';
export type {
  GatewayHttpRequest,
  NoAnswerReason,
  NotSentReason,
  Transport,
  TransportResult,
} from './gateway/transport.js';
export { createUndiciTransport, type UndiciTransportOptions } from './gateway/undici-transport.js';

export {
  explainSignature,
  explainVerification,
  type Cause,
  type Certainty,
  type Excerpt,
  type ExplainSignatureOptions,
  type ExplainVerificationOptions,
  type SignatureCauseCode,
  type SignatureDifference,
  type SignatureExplanation,
  type UnverifiedCauseCode,
  type UnverifiedSubject,
  type VerificationExplanation,
} from './explain/index.js';

export { parseCharset, type Charset } from './charset/index.js';
export {
  decryptContent,
  encryptContent,
  EncryptKey,
  jsrsasignAesEngine,
  nodeAesEngine,
  readEncryptKey,
  type AesEngine,
  type DecryptContentOptions,
  type EncryptContentOptions,
} from './encryption/index.js';
export * from './errors.js';
export * from './notify.js';
export {
  givesAway,
  maskCertNo,
  maskMobile,
  maskName,
  maskSecret,
  redactText,
  withMaskedViews,
} from './redaction/index.js';
export * from './signing.js';
