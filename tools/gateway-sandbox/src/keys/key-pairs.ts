import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);
const MODULUS_BITS = 2048;

/** Keys of both sides as PEM: PKCS#8 private, SPKI public. */
export interface SandboxKeys {
  appPrivateKey: string;
  appPublicKey: string;
  alipayPrivateKey: string;
  alipayPublicKey: string;
}

export async function generatePrivateKey(): Promise<KeyObject> {
  return (await generate('rsa', { modulusLength: MODULUS_BITS })).privateKey;
}

/** The keys of an app and of a gateway that nobody has seen before. */
export async function generateSandboxKeys(): Promise<SandboxKeys> {
  const [app, alipay] = await Promise.all([generatePrivateKey(), generatePrivateKey()]);
  return {
    appPrivateKey: privatePem(app),
    appPublicKey: publicPem(app),
    alipayPrivateKey: privatePem(alipay),
    alipayPublicKey: publicPem(alipay),
  };
}

export function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The public half of a private key. */
export function publicPem(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
}
