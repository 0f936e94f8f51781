import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthorizationsModule } from './authorizations/authorizations.module.js';
import { ErasureModule } from './erasure/erasure.module.js';
import { ErrorsModule } from './errors/errors.module.js';
import { HealthModule } from './health/health.module.js';
import { controllersOf } from './openapi/explore-routes.js';

/** The modules that make up the REST interface. */
export const FEATURES = [
  ErrorsModule,
  HealthModule,
  AuditModule,
  ApiKeysModule,
  AuthorizationsModule,
  ErasureModule,
];

/** Whatever answers requests. */
export const API_CONTROLLERS = controllersOf(FEATURES);
