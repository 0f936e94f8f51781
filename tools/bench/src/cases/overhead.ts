import { AlipayClient, type SignatureEngine, type Transport } from '@zhimaper/alipay-core';
import { ratio, type BenchCase, type CaseResult } from '../bench-case.js';
import { awaiting } from '../measure/local.js';
import { measure, type Effort } from '../measure/measure.js';
import { median } from '../measure/statistics.js';
import { APP_ID, BIZ_CONTENT, METHOD } from '../peers/example-call.js';
import { makeAnswer, makeKeys } from '../peers/static-answer.js';

const KILOBYTE = 1_024;
const FIVE_MEGABYTES = 5 * 1_024 * KILOBYTE;

/** Everything in the core but RSA and I/O: the client with an engine and a transport that cost nothing. */
export const overheadCase: BenchCase = {
  name: 'overhead',
  title: 'execute() without RSA and I/O',
  run: runOverhead,
};

async function runOverhead(effort: Effort): Promise<CaseResult> {
  const sizes = { small: KILOBYTE, half: FIVE_MEGABYTES / 2, whole: FIVE_MEGABYTES };
  const keys = makeKeys();
  const contenders = Object.values(sizes).map((bytes) => {
    const { body, signature } = makeAnswer(keys.alipay.privateKey, bytes);
    const engine: SignatureEngine = {
      name: 'node',
      sign: () => Promise.resolve(signature.toString('base64')),
      verify: () => true,
    };
    const transport: Transport = {
      send: () => Promise.resolve({ kind: 'response', status: 200, headers: {}, body }),
      close: () => Promise.resolve(),
    };
    const client = new AlipayClient({
      appId: APP_ID,
      privateKey: keys.app.privatePem,
      alipayPublicKey: keys.alipay.publicPem,
      engine,
      transport,
    });
    return awaiting(`answer of ${sizeName(bytes)}`, async () => {
      const answer = await client.execute(METHOD, { bizContent: BIZ_CONTENT });
      if (answer.outcome !== 'success') throw new Error(answer.outcome);
    });
  });
  const measurements = await measure(contenders, effort);
  const [small = NaN, half = NaN, whole = NaN] = measurements.map(({ cpuMicroseconds }) =>
    median(cpuMicroseconds),
  );
  return {
    measurements,
    figures: [
      { name: 'CPU a call at 1 KB', value: small, unit: 'us', budget: { atMost: 40 } },
      ratio('CPU at 5 MB / at 2.5 MB (2 is linear)', whole / half, { atMost: 2.5 }),
    ],
  };
}

function sizeName(bytes: number): string {
  return bytes < KILOBYTE * KILOBYTE
    ? `${bytes / KILOBYTE} KB`
    : `${bytes / KILOBYTE / KILOBYTE} MB`;
}
