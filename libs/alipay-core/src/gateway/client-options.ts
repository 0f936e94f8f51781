import { parseCharset, type Charset } from '../charset/index.js';
import { EncryptKey, readEncryptKey } from '../encryption/index.js';
import { AlipayError } from '../errors/alipay-error.js';
import {
  defaultSignatureEngine,
  parseSignType,
  PrivateKey,
  readPrivateKey,
  type PublicKey,
  type SignatureEngine,
  type SignType,
} from '../signing/index.js';
import { readTrust, requireText } from './client-trust.js';
import type { CertificateMode } from './certificate-mode.js';
import type { RetryPolicy } from './retry.js';
import type { Transport } from './transport.js';

/** Alipay's production gateway. */
export const PRODUCTION_GATEWAY_URL = 'https://openapi.alipay.com/gateway.do';

export interface GatewayClientOptions {
  /** The application's id on Alipay's open platform. */
  appId: string;
  /** The application's private key: PKCS#1 or PKCS#8, PEM or bare base64, or a key read before. */
  privateKey: string | PrivateKey;
  /**
   * Alipay's public key, not the application's: SPKI, PKCS#1 or a certificate, or a key read before. In certificate
   * mode the three certificates stand in its place.
   */
  alipayPublicKey?: string | PublicKey;
  /** Certificate mode: the application's certificate (应用公钥证书), PEM. It belongs to `privateKey`. */
  appCertificate?: string;
  /** Certificate mode: Alipay's certificate (支付宝公钥证书) with the ones above it, PEM. */
  alipayCertificate?: string;
  /** Certificate mode: Alipay's root certificates (支付宝根证书), the whole file, PEM. */
  alipayRootCertificate?: string;
  /** The whole URL of `gateway.do`. Default: production. */
  gatewayUrl?: string;
  /** `RSA2` (default) or `RSA`, in any letter case. */
  signType?: string;
  /** `utf-8` (default), `gbk`, `gb2312` or `gb18030`, in any letter case. */
  charset?: string;
  /** Deadline of a call, retries included, in milliseconds. Default 15,000. */
  timeoutMs?: number;
  /** Most bytes of an answer; a larger one is an unknown outcome. Default 10 MiB. */
  maxResponseBytes?: number;
  /** The merchant authorisation sent with every call that names none of its own. */
  appAuthToken?: string;
  /** The application's content encryption key (AES): base64 of 16, 24 or 32 bytes, or a key read before. */
  encryptKey?: string | EncryptKey;
  /** Whether calls that do not say are encrypted where they have a `bizContent`; wants `encryptKey`. Default false. */
  needEncrypt?: boolean;
  /** When `execute` repeats `not-sent` and `rate-limited`. Default: 3 attempts, pauses up to 200 ms and 2 s. */
  retry?: RetryPolicy;
  /** Default: undici's keep-alive pool. A transport that is handed in is not closed by the client. */
  transport?: Transport;
  /** Default: `node:crypto` where there is one, else jsrsasign. */
  engine?: SignatureEngine;
  /** The present instant. Default: the machine's clock. */
  clock?: () => Date;
  /** A number in [0, 1), for the pauses between retries. Default: `Math.random`. */
  random?: () => number;
}

/** Something that works but should not stay as it is. */
export interface ClientWarning {
  code: string;
  message: string;
}

export interface ClientSettings {
  appId: string;
  privateKey: PrivateKey;
  /** In certificate mode that of the configured certificate. */
  alipayPublicKey: PublicKey;
  certificates: CertificateMode | null;
  appCertSn: string | undefined;
  alipayRootCertSn: string | undefined;
  gatewayUrl: string;
  signType: SignType;
  charset: Charset;
  timeoutMs: number;
  maxResponseBytes: number;
  appAuthToken: string | undefined;
  encryptKey: EncryptKey | undefined;
  needEncrypt: boolean;
  retry: RetryPolicy;
  engine: SignatureEngine;
  clock: () => Date;
  random: () => number;
  warnings: readonly ClientWarning[];
}

const DEFAULT_RETRY: RetryPolicy = { attempts: 3, baseDelayMs: 200, maxDelayMs: 2_000 };
const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Reads and checks a client's options once, so that no call meets a bad one.
 *
 * Throws `AlipayError` with the code of what is wrong.
 */
export function resolveClientOptions(options: GatewayClientOptions): ClientSettings {
  const appId = requireText(options.appId, 'appId');
  const privateKey =
    options.privateKey instanceof PrivateKey
      ? options.privateKey
      : readPrivateKey(requireText(options.privateKey, 'privateKey'));
  const clock = options.clock ?? (() => new Date());
  const trust = readTrust(options, privateKey, clock());
  const url = readGatewayUrl(options.gatewayUrl ?? PRODUCTION_GATEWAY_URL);
  return {
    appId,
    privateKey,
    ...trust,
    gatewayUrl: url.href,
    signType: parseSignType(options.signType ?? 'RSA2'),
    charset: parseCharset(options.charset ?? 'utf-8'),
    timeoutMs: positive(options.timeoutMs ?? 15_000, 'timeoutMs'),
    maxResponseBytes: positive(options.maxResponseBytes ?? 10 * 1024 * 1024, 'maxResponseBytes'),
    appAuthToken: options.appAuthToken,
    ...readEncryption(options),
    retry: options.retry ?? DEFAULT_RETRY,
    engine: options.engine ?? defaultSignatureEngine(),
    clock,
    random: options.random ?? Math.random,
    warnings: [
      ...privateKey.warnings,
      ...trust.alipayPublicKey.warnings,
      ...(url.protocol === 'http:' && !LOOPBACK_HOST.test(url.hostname)
        ? [
            {
              code: 'INSECURE_GATEWAY_URL',
              message:
                'gatewayUrl is plain http: personal data and tokens cross the network unencrypted.',
            },
          ]
        : []),
    ],
  };
}

function readEncryption({
  encryptKey,
  needEncrypt = false,
}: GatewayClientOptions): Pick<ClientSettings, 'encryptKey' | 'needEncrypt'> {
  if (needEncrypt && encryptKey === undefined) {
    throw new AlipayError('INVALID_CONFIG', 'needEncrypt is set, but there is no encryptKey.', {
      nextStep: "Give the application's content encryption key (AES) as encryptKey.",
    });
  }
  return {
    encryptKey:
      encryptKey === undefined || encryptKey instanceof EncryptKey
        ? encryptKey
        : readEncryptKey(requireText(encryptKey, 'encryptKey')),
    needEncrypt,
  };
}

function positive(value: number, name: string): number {
  // A timer beyond 2^31 - 1 ms fires at once.
  if (Number.isSafeInteger(value) && value > 0 && value < 2 ** 31) return value;
  throw new AlipayError('INVALID_CONFIG', `${name} must be a whole number from 1 to 2147483647.`, {
    nextStep: `Correct ${name}.`,
  });
}

function readGatewayUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain =
    url &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    !url.search &&
    !url.hash &&
    !url.username &&
    !url.password;
  if (url && plain) return url;
  throw new AlipayError(
    'INVALID_CONFIG',
    'gatewayUrl must be an http or https URL without user, query or fragment.',
    { nextStep: `Use the whole URL of gateway.do, such as ${PRODUCTION_GATEWAY_URL}.` },
  );
}
