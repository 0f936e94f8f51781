import { AlipayClient, type SignatureEngine, type Transport } from '@zhimaper/alipay-core';
import { APP_ID, BIZ_CONTENT, METHOD } from '../peers/example-call.js';
import { makeAnswer, makeKeys } from '../peers/static-answer.js';

/** A call with an engine and a transport that cost nothing, answered with so many bytes: everything but RSA and I/O. */
export function overheadCall(bytes: number): () => Promise<void> {
  const keys = makeKeys();
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
  return async () => {
    const answer = await client.execute(METHOD, { bizContent: BIZ_CONTENT });
    if (answer.outcome !== 'success') throw new Error(answer.outcome);
  };
}
