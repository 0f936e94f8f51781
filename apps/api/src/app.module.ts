import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { AlipayModule } from './alipay/alipay.module.js';
import { gatewayOptions } from './alipay/gateway-options.js';
import { API_CONTROLLERS, featuresOf } from './api-controllers.js';
import { ClockModule } from './clock/clock.module.js';
import { ENVIRONMENT, environmentModule } from './config/config.module.js';
import type { Environment } from './config/environment-schema.js';
import { VERSION } from './config/version.js';
import { CryptoModule } from './crypto/crypto.module.js';
import { DatabaseModule } from './database/database.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { LifecycleModule } from './health/lifecycle.module.js';
import { FaultPointsModule } from './faults/fault-points.module.js';
import type { FaultPoints } from './faults/fault-points.js';
import { LoggingModule } from './logging/logging.module.js';
import type { Metrics } from './metrics/metrics.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { createDocument } from './openapi/document.js';
import { formatDocument } from './openapi/format-document.js';
import { OpenApiModule } from './openapi/openapi.module.js';
import { PaceModule } from './pace/pace.module.js';
import { RetentionModule } from './retention/retention.module.js';
import { ScheduleModule } from './schedule/schedule.module.js';
import { SpoolModule } from './spool/spool.module.js';

/** The whole service for one environment. */
@Module({})
export class AppModule {
  static with(
    environment: Environment,
    logger: Logger,
    metrics: Metrics,
    faults: FaultPoints,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        environmentModule(environment),
        LoggingModule.with(logger),
        MetricsModule.with(metrics),
        OpenApiModule.with(() => formatDocument(createDocument(API_CONTROLLERS, VERSION))),
        ClockModule,
        FaultPointsModule.with(faults),
        LifecycleModule,
        ScheduleModule,
        CryptoModule,
        SpoolModule,
        DatabaseModule,
        JobsModule,
        LimitsModule,
        PaceModule,
        AlipayModule.registerAsync({
          inject: [ENVIRONMENT],
          useFactory: (settings: Environment) => gatewayOptions(settings),
        }),
        ...featuresOf(environment),
        RetentionModule,
      ],
    };
  }
}
