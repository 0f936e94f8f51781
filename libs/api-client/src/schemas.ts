import type { components } from './generated/openapi.js';
import type { SCOPES } from './generated/enumerations.js';

type Schemas = components['schemas'];

export type ApiKey = Schemas['ApiKey'];
export type AuditEvent = Schemas['AuditEvent'];
export type AuditReport = Schemas['AuditReport'];
export type Authorization = Schemas['Authorization'];
export type Batch = Schemas['Batch'];
export type BatchItem = Schemas['BatchItem'];
export type GatewayVerdict = Schemas['GatewayVerdict'];
export type IssuedApiKey = Schemas['IssuedApiKey'];
export type Problem = Schemas['Problem'];
/** Stable codes of problems; what a program decides by. */
export type ProblemCode = Problem['code'];
export type Readiness = Schemas['Readiness'];
export type RevealedToken = Schemas['RevealedToken'];
export type Scope = (typeof SCOPES)[number];
