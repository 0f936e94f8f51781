import type { DynamicModule } from '@nestjs/common';
import { ConfigModule, getConfigToken, registerAs } from '@nestjs/config';
import type { Environment } from './environment-schema.js';

const NAMESPACE = 'environment';

/** Injection token of the process's environment, parsed. */
export const ENVIRONMENT = getConfigToken(NAMESPACE);

/**
 * The environment for injection. It was read and checked before (`readEnvironment`), so that every fault is told at
 * once and the process's own variables stay as they are.
 */
export function environmentModule(environment: Environment): Promise<DynamicModule> {
  return ConfigModule.forRoot({
    isGlobal: true,
    ignoreEnvFile: true,
    ignoreEnvVars: true,
    skipProcessEnv: true,
    load: [registerAs(NAMESPACE, () => environment)],
  });
}
