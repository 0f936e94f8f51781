/** Stable codes of every fault that alipay-core throws. Gateway verdicts are values, never thrown. */
export type AlipayErrorCode =
  | 'INVALID_CONFIG'
  | 'INVALID_INPUT'
  | 'INVALID_PRIVATE_KEY'
  | 'INVALID_PUBLIC_KEY'
  | 'INVALID_CERTIFICATE'
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'CERTIFICATE_NOT_TRUSTED'
  | 'APP_CERTIFICATE_MISMATCH'
  | 'INVALID_ENCRYPT_KEY'
  | 'DECRYPTION_FAILED'
  | 'ALIPAY_PUBLIC_KEY_IS_OWN'
  | 'UNSUPPORTED_CHARSET'
  | 'UNENCODABLE_CHARACTER'
  | 'UNSUPPORTED_SIGN_TYPE'
  | 'MALFORMED_RESPONSE';

export interface AlipayErrorOptions extends ErrorOptions {
  /** What the reader can do about it, as one imperative sentence. */
  nextStep: string;
  /** The client's option that is at fault, such as `appCertificate`, where several could be. */
  option?: string;
}

/**
 * A fault found before anything was sent, or misuse of the package: it has a stable `code`, a message
 * free of personal data and key material, and a `nextStep`.
 *
 * @example
 * try {
 *   readPrivateKey(text);
 * } catch (error) {
 *   if (error instanceof AlipayError && error.code === 'INVALID_PRIVATE_KEY') console.error(error.nextStep);
 * }
 */
export class AlipayError extends Error {
  override readonly name: string = 'AlipayError';
  readonly code: AlipayErrorCode;
  readonly nextStep: string;
  /** The client's option that is at fault, or null where there is no telling. */
  readonly option: string | null;

  constructor(
    code: AlipayErrorCode,
    message: string,
    { nextStep, option, cause }: AlipayErrorOptions,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.nextStep = nextStep;
    this.option = option ?? null;
  }
}

/** One fault of one input field. `field` is the camelCase name, `code` is stable, `message` shows no value. */
export interface InputIssue {
  field: string;
  code: string;
  message: string;
}

/** Input refused before anything was sent: `issues` lists every fault at once. */
export class AlipayInputError extends AlipayError {
  override readonly name = 'AlipayInputError';
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    const list = issues
      .map((issue) => `${issue.field}: ${issue.message} (${issue.code})`)
      .join('; ');
    super('INVALID_INPUT', `The input was refused before sending: ${list}`, {
      nextStep: 'Correct the listed fields and call again; nothing was sent.',
    });
    this.issues = issues;
  }
}
