import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthorizationsModule } from './authorizations/authorizations.module.js';
import { BatchesModule } from './batches/batches.module.js';
import type { Environment } from './config/environment-schema.js';
import { DocsModule } from './docs-page/docs.module.js';
import { ErasureModule } from './erasure/erasure.module.js';
import { ErrorsModule } from './errors/errors.module.js';
import { HealthModule } from './health/health.module.js';
import { MetricsEndpointModule } from './metrics/metrics-endpoint.module.js';
import { controllersOf } from './openapi/explore-routes.js';

/** The modules that make up the REST interface. */
const FEATURES = [
  ErrorsModule,
  HealthModule,
  AuditModule,
  ApiKeysModule,
  AuthorizationsModule,
  BatchesModule,
  ErasureModule,
];

/** Those of the service's environment. */
export function featuresOf({ DOCS_ENABLED, METRICS_ENABLED }: Environment) {
  return [
    ...FEATURES,
    ...(DOCS_ENABLED ? [DocsModule] : []),
    ...(METRICS_ENABLED ? [MetricsEndpointModule] : []),
  ];
}

/** Whatever may answer requests. */
export const API_CONTROLLERS = controllersOf([...FEATURES, DocsModule, MetricsEndpointModule]);
