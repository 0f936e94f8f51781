import { AlipayClient } from '@zhimaper/alipay-core';
import { Pool } from 'pg';
import { inFlight } from '../measure/in-flight.js';
import { APP_ID } from '../peers/example-call.js';
import { applyBarely, makeBareClient, type BareGrant } from './bare-application.js';
import type { BareSetting } from './bare-process.js';
import { applicationOf, type BenchApplication } from './person.js';

process.once('message', (setting: BareSetting) => {
  prepare(setting);
});
process.once('disconnect', () => process.exit(0));

/** The shortest loop over the core that obtains authorisations and keeps them; each message is one run of it. */
function prepare({ databaseUrl, gatewayUrl, appPrivateKey, alipayPublicKey }: BareSetting): void {
  const database = new Pool({ connectionString: databaseUrl, max: 10 });
  const client = new AlipayClient({
    appId: APP_ID,
    gatewayUrl,
    privateKey: appPrivateKey,
    alipayPublicKey,
  });
  const askGateway = async ({ certNo, name, mobile }: BenchApplication): Promise<BareGrant> => {
    const person = { certType: 'IDENTITY_CARD', certNo, name, mobile } as const;
    const result = await client.applyZhimaAuthorization(person);
    if (result.outcome !== 'success') throw new Error(`bare loop: ${result.outcome}`);
    return result;
  };
  const clientId = makeBareClient(database);
  let people = 0;
  process.on('message', ({ calls, atOnce }: { calls: number; atOnce: number }) => {
    void (async () => {
      const id = await clientId;
      const start = performance.now();
      await inFlight(calls, atOnce, async () => {
        const n = (people += 1);
        const application = applicationOf(n);
        const asked = { application, idempotencyKey: `bare-${n}`, requestId: 'bare-loop' };
        await applyBarely(database, id, asked, askGateway);
      });
      process.send?.(performance.now() - start);
    })();
  });
}
