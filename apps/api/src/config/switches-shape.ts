import { z } from 'zod';

const onOrOff = z
  .enum(['true', 'false'], 'must be true or false')
  .default('true')
  .transform((text) => text === 'true');

/** What of the service a deployment may switch off. */
export const switchesShape = {
  DOCS_ENABLED: onOrOff.describe(
    'Whether `/docs`, `/openapi.json` and the pages that explain problems are served.',
  ),
  METRICS_ENABLED: onOrOff.describe('Whether `/metrics` is served.'),
};
