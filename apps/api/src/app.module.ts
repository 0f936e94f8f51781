import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { AlipayModule } from './alipay/alipay.module.js';
import { gatewayOptions } from './alipay/gateway-options.js';
import { FEATURES } from './api-controllers.js';
import { ClockModule } from './clock/clock.module.js';
import { ENVIRONMENT, environmentModule } from './config/config.module.js';
import type { Environment } from './config/environment-schema.js';
import { CryptoModule } from './crypto/crypto.module.js';
import { DatabaseModule } from './database/database.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { LifecycleModule } from './health/lifecycle.module.js';
import { FaultPointsModule } from './faults/fault-points.module.js';
import type { FaultPoints } from './faults/fault-points.js';
import { LoggingModule } from './logging/logging.module.js';
import { RetentionModule } from './retention/retention.module.js';
import { ScheduleModule } from './schedule/schedule.module.js';
import { SpoolModule } from './spool/spool.module.js';

/** The whole service for one environment. */
@Module({})
export class AppModule {
  static with(environment: Environment, logger: Logger, faults: FaultPoints): DynamicModule {
    return {
      module: AppModule,
      imports: [
        environmentModule(environment),
        LoggingModule.with(logger),
        ClockModule,
        FaultPointsModule.with(faults),
        LifecycleModule,
        ScheduleModule,
        CryptoModule,
        SpoolModule,
        DatabaseModule,
        LimitsModule,
        AlipayModule.registerAsync({
          inject: [ENVIRONMENT],
          useFactory: (settings: Environment) => gatewayOptions(settings),
        }),
        ...FEATURES,
        RetentionModule,
      ],
    };
  }
}
