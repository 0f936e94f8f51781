import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { AlipayClient, type GatewayClientOptions } from '@zhimaper/alipay-core';
import type { Logger } from 'pino';
import { LOGGER } from '../logging/logger.js';
import { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } from './alipay.module-definition.js';
import { ALIPAY_CLIENT, InjectAlipayClient } from './inject-alipay-client.js';

/**
 * Alipay's gateway for the service: one client for all requests, closed when the service stops.
 *
 * @example
 * AlipayModule.registerAsync({ inject: [ENVIRONMENT], useFactory: gatewayOptions });
 */
@Module({
  providers: [
    {
      provide: ALIPAY_CLIENT,
      inject: [MODULE_OPTIONS_TOKEN, LOGGER],
      useFactory: (options: GatewayClientOptions, logger: Logger) => {
        const client = new AlipayClient(options);
        for (const { code, message } of client.warnings) logger.warn({ code }, message);
        return client;
      },
    },
  ],
  exports: [ALIPAY_CLIENT],
})
export class AlipayModule extends ConfigurableModuleClass implements OnApplicationShutdown {
  constructor(@InjectAlipayClient() private readonly client: AlipayClient) {
    super();
  }

  onApplicationShutdown(): Promise<void> {
    return this.client.close();
  }
}
