import { makeAnswer, makeKeys } from '../peers/static-answer.js';
import { startStaticGateway, type StaticGateway } from '../peers/static-gateway.js';
import type { CallSetting } from './contenders.js';

/** Starts a gateway that always gives the same signed answer, and says what a contender must know of it. */
export async function startGatewayForCalls(): Promise<{
  gateway: StaticGateway;
  setting: CallSetting;
}> {
  const { app, alipay } = makeKeys();
  const { body, signedBytes, signature } = makeAnswer(alipay.privateKey);
  const gateway = await startStaticGateway(body);
  const setting = {
    gatewayUrl: gateway.url,
    appPrivateKey: app.privatePem,
    alipayPublicKey: alipay.publicPem,
    signedBytes: signedBytes.toString('base64'),
    signature: signature.toString('base64'),
  };
  return { gateway, setting };
}
