import { AlipayError } from '../errors/alipay-error.js';
import type { PrivateKey, PublicKey } from '../signing/index.js';

/** Refuses the application's own key where Alipay's belongs; `what` is what the message says it of. */
export function refuseOwnKey(alipayKey: PublicKey, privateKey: PrivateKey, what: string): void {
  if (!privateKey.publicKey.equals(alipayKey)) return;
  throw new AlipayError(
    'ALIPAY_PUBLIC_KEY_IS_OWN',
    `${what} is the application's own public key: it belongs to the given private key.`,
    {
      nextStep:
        "Copy Alipay's public key (支付宝公钥) or certificate from the open platform's console, next to the place where the application's own key (应用公钥) was uploaded.",
    },
  );
}
