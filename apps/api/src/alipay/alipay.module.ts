import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AlipayClient, type GatewayClientOptions } from '@zhimaper/alipay-core';
import type { Logger } from 'pino';
import { ENVIRONMENT } from '../config/config.module.js';
import { LOGGER } from '../logging/logger.js';
import { Pace } from '../pace/pace.js';
import { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } from './alipay.module-definition.js';
import { CertificateWatch } from './certificate-watch.js';
import {
  createGuardedTransport,
  GATEWAY_TRANSPORT,
  type GuardedTransport,
} from './guarded-transport.js';
import { ALIPAY_CLIENT } from './inject-alipay-client.js';

/**
 * Alipay's gateway for the service: one client for all requests, closed when the service stops.
 *
 * @example
 * AlipayModule.registerAsync({ inject: [ENVIRONMENT], useFactory: gatewayOptions });
 */
@Module({
  providers: [
    {
      provide: GATEWAY_TRANSPORT,
      inject: [ENVIRONMENT, Pace, LOGGER],
      useFactory: createGuardedTransport,
    },
    {
      provide: ALIPAY_CLIENT,
      inject: [MODULE_OPTIONS_TOKEN, GATEWAY_TRANSPORT, LOGGER],
      useFactory: (options: GatewayClientOptions, transport: GuardedTransport, logger: Logger) => {
        const client = new AlipayClient({ ...options, transport });
        for (const { code, message } of client.warnings) logger.warn({ code }, message);
        return client;
      },
    },
    CertificateWatch,
  ],
  exports: [ALIPAY_CLIENT, GATEWAY_TRANSPORT],
})
export class AlipayModule extends ConfigurableModuleClass implements OnApplicationShutdown {
  constructor(@Inject(GATEWAY_TRANSPORT) private readonly transport: GuardedTransport) {
    super();
  }

  onApplicationShutdown(): Promise<void> {
    return this.transport.close();
  }
}
