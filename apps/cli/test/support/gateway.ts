import { createGatewaySandbox, type GatewaySandbox } from '@zhimaper/gateway-sandbox';

/** The person of the interface document's own example. */
export const PERSON = {
  certType: 'IDENTITY_CARD',
  certNo: '330701199901011311',
  name: '张三',
  mobile: '13588111111',
} as const;

type GatewayEnv = Record<
  'ALIPAY_GATEWAY_URL' | 'ALIPAY_APP_ID' | 'ALIPAY_APP_PRIVATE_KEY' | 'ALIPAY_PUBLIC_KEY',
  string
>;

export interface TestGateway {
  sandbox: GatewaySandbox;
  /** What an operator would have set to use it. */
  env: GatewayEnv;
}

export async function startTestGateway(): Promise<TestGateway> {
  const sandbox = await createGatewaySandbox();
  return {
    sandbox,
    env: {
      ALIPAY_GATEWAY_URL: sandbox.gatewayUrl,
      ALIPAY_APP_ID: sandbox.appId,
      ALIPAY_APP_PRIVATE_KEY: sandbox.keys.appPrivateKey,
      ALIPAY_PUBLIC_KEY: sandbox.keys.alipayPublicKey,
    },
  };
}

/** The example person with another mobile, as `--input -` takes it. */
export function personJson(change: Partial<Record<keyof typeof PERSON, string>> = {}): string {
  return JSON.stringify({ ...PERSON, ...change });
}

const PERSONAL = /330701199901011311|张三|13588111111|%E5%BC%A0|%D5%C5|\\u5f20/i;

/** What of the example person a text shows; null where it shows nothing. */
export function personalDataIn(text: string): string | null {
  return PERSONAL.exec(text)?.[0] ?? null;
}
