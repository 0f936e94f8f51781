import { certificateDownload } from './certificate-download.js';
import type { GatewayMethod } from './gateway-method.js';
import { oauthToken } from './oauth-token.js';
import { zhimaperApply } from './zhimaper-apply.js';

/** Every interface that the sandbox speaks, by name; any other is `isv.invalid-method`. */
export const METHODS: ReadonlyMap<string, GatewayMethod> = new Map(
  [zhimaperApply, oauthToken, certificateDownload].map((method) => [method.name, method]),
);
