import type { Charset } from '../charset/index.js';
import { encryptContent, type EncryptKey } from '../encryption/index.js';
import { AlipayError } from '../errors/alipay-error.js';
import type { SignType } from '../signing/index.js';
import { writeBizContent, type BizContent } from './biz-content.js';
import { snakeCaseNames } from './snake-case.js';
import { formatTimestamp } from './timestamp.js';

/** What one call says, apart from what the client always says. */
export interface GatewayCall {
  /** The interface's name, such as `alipay.user.auth.zhimaper.inner.apply`. */
  method: string;
  /** The business parameters; an object is written as JSON, a string is sent as it is. */
  bizContent?: BizContent | string;
  /** Further top-level parameters of this interface, such as `grant_type`; signed, and sent in the body. */
  params?: Readonly<Record<string, string>>;
  /** The merchant authorisation, when an ISV calls on a merchant's behalf. */
  appAuthToken?: string;
  /** A user's access token, for interfaces that need one. */
  authToken?: string;
  /** Where the gateway sends its asynchronous notification of the result. */
  notifyUrl?: string;
  /** Where the gateway leads the person's browser afterwards. */
  returnUrl?: string;
  /** Whether `bizContent` is encrypted (`encrypt_type=AES`). Default: what the client says. */
  needEncrypt?: boolean;
  /**
   * Whether camelCase names in `bizContent` and `params` become snake_case. What stands below a name written in
   * snake_case, and every value, stays as it is. Default: false.
   */
  snakeCase?: boolean;
}

/** What the client says with every call. */
export interface GatewayIdentity {
  appId: string;
  signType: SignType;
  charset: Charset;
  /** The merchant authorisation of calls that name none; an empty text in a call leaves it out. */
  appAuthToken?: string | undefined;
  /** The application's content encryption key. */
  encryptKey?: EncryptKey | undefined;
  /** Whether calls that do not say are encrypted where they have a `bizContent`. Default: false. */
  needEncrypt?: boolean | undefined;
  /** Certificate mode: the serial number of the application's certificate, see `certificateSerialNumber`. */
  appCertSn?: string | undefined;
  /** Certificate mode: that of Alipay's root certificates, see `rootCertificateSerialNumber`. */
  alipayRootCertSn?: string | undefined;
}

/** A parameter as it is sent: its name and its value, which is not empty. */
type Parameter = readonly [name: string, value: string];

/** A call's parameters by where they travel; no name stands twice. */
export interface CallParameters {
  query: readonly Parameter[];
  body: readonly Parameter[];
}

/** What the client alone says: a second value in `params` would contradict it. */
const RESERVED: ReadonlySet<string> = new Set([
  'alipay_root_cert_sn',
  'app_cert_sn',
  'app_id',
  'biz_content',
  'charset',
  'encrypt_type',
  'format',
  'method',
  'sign',
  'sign_type',
  'timestamp',
  'version',
]);

/** Public parameters that not every call has. */
const OPTIONAL = ['app_auth_token', 'auth_token', 'notify_url', 'return_url'];

/**
 * Collects what a call sends, apart from `sign`: public parameters for the query, where the gateway looks for
 * `charset` before it decodes anything, those of the interface for the body. Empty values are left out.
 *
 * Throws `TypeError` where `params` holds what only the client says, `bizContent` what JSON cannot, or there is nothing
 * to encrypt; `AlipayError` (`INVALID_CONFIG`) where there is no key to encrypt with, and (`UNENCODABLE_CHARACTER`) for
 * a character that the charset cannot hold in what is encrypted.
 * Source: interface document, public request parameters.
 */
export function callParameters(
  call: GatewayCall,
  identity: GatewayIdentity,
  at: Date,
): CallParameters {
  const { appId, signType, charset, appAuthToken } = identity;
  const params = readParams(call);
  const content = contentText(call);
  const isEncrypted = call.needEncrypt ?? (identity.needEncrypt === true && content !== '');
  const query: readonly (readonly [name: string, value: string | undefined])[] = [
    ['app_id', appId],
    ['method', call.method],
    ['format', 'JSON'],
    ['charset', charset],
    ['sign_type', signType],
    ['timestamp', formatTimestamp(at)],
    ['version', '1.0'],
    ['encrypt_type', isEncrypted ? 'AES' : undefined],
    ['app_cert_sn', identity.appCertSn],
    ['alipay_root_cert_sn', identity.alipayRootCertSn],
    ['app_auth_token', call.appAuthToken ?? params.get('app_auth_token') ?? appAuthToken],
    ['auth_token', call.authToken ?? params.get('auth_token')],
    ['notify_url', call.notifyUrl ?? params.get('notify_url')],
    ['return_url', call.returnUrl ?? params.get('return_url')],
  ];
  const bizContent = isEncrypted ? seal(content, identity) : content;
  const body = [...params].filter(([name]) => !OPTIONAL.includes(name));
  return {
    query: query.filter(isSent),
    body: [...body, ['biz_content', bizContent] as const].filter(isSent),
  };
}

function contentText({ bizContent = '', snakeCase = false }: GatewayCall): string {
  return typeof bizContent === 'string' ? bizContent : writeBizContent(bizContent, snakeCase);
}

function seal(content: string, { encryptKey, charset }: GatewayIdentity): string {
  if (content === '') throw new TypeError('needEncrypt is set, but there is no bizContent.');
  if (encryptKey !== undefined) return encryptContent(content, encryptKey, { charset });
  throw new AlipayError('INVALID_CONFIG', 'needEncrypt is set, but there is no encryptKey.', {
    nextStep:
      "Give the client the application's content encryption key (AES) as encryptKey, or leave needEncrypt out.",
  });
}

function readParams({ params = {}, snakeCase = false }: GatewayCall): Map<string, string> {
  const given = Object.keys(params);
  const names = snakeCase ? snakeCaseNames(given, 'params') : given;
  const reserved = names.find((name) => RESERVED.has(name));
  if (reserved !== undefined) {
    throw new TypeError(`params must not hold ${reserved}: the client says it.`);
  }
  return new Map(Object.values(params).map((value, at) => [names[at] ?? '', value]));
}

function isSent(entry: readonly [string, string | undefined]): entry is Parameter {
  return entry[1] !== undefined && entry[1] !== '';
}
