import type { GatewayMethod } from './gateway-method.js';
import { zhimaperApply } from './zhimaper-apply.js';

/** Every interface that the sandbox speaks, by name; any other is `isv.invalid-method`. */
export const METHODS: ReadonlyMap<string, GatewayMethod> = new Map(
  [zhimaperApply].map((method) => [method.name, method]),
);
