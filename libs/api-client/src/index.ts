export { answerOf, type Answer } from './answer-of.js';
export { ApiConnectionError, type ApiConnectionErrorCode } from './api-connection-error.js';
export { ApiProblemError } from './api-problem-error.js';
export { createApiClient, type ApiClient, type ApiClientOptions } from './create-api-client.js';
export type { paths as ApiPaths } from './generated/openapi.js';
export {
  AUDIT_ACTIONS,
  AUTHORIZATION_STATUSES,
  BATCH_STATUSES,
  LINE_STATUSES,
  RESOLUTION_OUTCOMES,
  SCOPES,
} from './generated/enumerations.js';
export { paginate } from './paginate.js';
export type {
  ApiKey,
  AuditEvent,
  AuditReport,
  Authorization,
  Batch,
  BatchItem,
  GatewayVerdict,
  IssuedApiKey,
  Problem,
  ProblemCode,
  Readiness,
  RevealedToken,
  Scope,
} from './schemas.js';
