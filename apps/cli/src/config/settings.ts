import type { Charset, SignType } from '@zhimaper/alipay-core';

/** Something that a flag, the environment or a profile may say; never a secret itself, but where it is kept. */
export interface Setting {
  /** In profiles and, behind `--`, as a flag. */
  readonly name: string;
  /** In the environment. */
  readonly variable: string;
  readonly placeholder: string;
  readonly description: string;
  /** All that it takes, where that is a short list; in any letter case. */
  readonly values?: readonly string[];
}

// By keys, so that the compiler knows one that is missing.
const SIGN_TYPES = Object.keys({ RSA2: true, RSA: true } satisfies Record<SignType, true>);
const CHARSETS = Object.keys({
  'utf-8': true,
  gbk: true,
  gb2312: true,
  gb18030: true,
} satisfies Record<Charset, true>);

export const SETTINGS = [
  {
    name: 'api-url',
    variable: 'ZHIMAPER_API_URL',
    placeholder: 'url',
    description: "the api's base URL",
  },
  {
    name: 'api-key-file',
    variable: 'ZHIMAPER_API_KEY_FILE',
    placeholder: 'file',
    description: 'the file with the API key',
  },
  {
    name: 'gateway-url',
    variable: 'ALIPAY_GATEWAY_URL',
    placeholder: 'url',
    description: 'the whole URL of gateway.do',
  },
  {
    name: 'app-id',
    variable: 'ALIPAY_APP_ID',
    placeholder: 'id',
    description: "the application's id",
  },
  {
    name: 'private-key-file',
    variable: 'ALIPAY_APP_PRIVATE_KEY_FILE',
    placeholder: 'file',
    description: "the application's private key",
  },
  {
    name: 'public-key-file',
    variable: 'ALIPAY_PUBLIC_KEY_FILE',
    placeholder: 'file',
    description: "Alipay's public key",
  },
  {
    name: 'app-cert-file',
    variable: 'ALIPAY_APP_CERT_FILE',
    placeholder: 'file',
    description: "certificate mode: the application's certificate",
  },
  {
    name: 'alipay-cert-file',
    variable: 'ALIPAY_CERT_FILE',
    placeholder: 'file',
    description: "certificate mode: Alipay's certificate",
  },
  {
    name: 'root-cert-file',
    variable: 'ALIPAY_ROOT_CERT_FILE',
    placeholder: 'file',
    description: "certificate mode: Alipay's root certificates",
  },
  {
    name: 'encrypt-key-file',
    variable: 'ALIPAY_ENCRYPT_KEY_FILE',
    placeholder: 'file',
    description: 'the AES key: with it every business content is encrypted',
  },
  {
    name: 'sign-type',
    variable: 'ALIPAY_SIGN_TYPE',
    placeholder: 'type',
    description: 'RSA2 or RSA',
    values: SIGN_TYPES,
  },
  {
    name: 'charset',
    variable: 'ALIPAY_CHARSET',
    placeholder: 'charset',
    description: 'utf-8, gbk, gb2312 or gb18030',
    values: CHARSETS,
  },
  {
    name: 'timeout-ms',
    variable: 'ALIPAY_TIMEOUT_MS',
    placeholder: 'ms',
    description: 'deadline of a call to the gateway',
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];

/** What commands over the api take. */
export const API_SETTINGS: readonly SettingName[] = ['api-url', 'api-key-file'];

/** What commands over the gateway take. */
export const GATEWAY_SETTINGS: readonly SettingName[] = SETTINGS.map(({ name }) => name).filter(
  (name) => !API_SETTINGS.includes(name),
);

/** `ALIPAY_PUBLIC_KEY` for `ALIPAY_PUBLIC_KEY_FILE`: the variable that holds the thing itself; else null. */
export function inlineVariableOf({ variable }: Setting): string | null {
  // Certificates have no such variable.
  return /KEY_FILE$/.test(variable) ? variable.slice(0, -'_FILE'.length) : null;
}

export function isFileSetting({ placeholder }: Setting): boolean {
  return placeholder === 'file';
}
