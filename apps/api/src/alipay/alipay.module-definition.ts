import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { GatewayClientOptions } from '@zhimaper/alipay-core';

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<GatewayClientOptions>({ moduleName: 'Alipay' })
    .setExtras({ isGlobal: true }, (definition, { isGlobal }) => ({
      ...definition,
      global: isGlobal,
    }))
    .build();
