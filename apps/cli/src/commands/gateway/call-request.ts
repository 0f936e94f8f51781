import type { ExecuteOptions } from '@zhimaper/alipay-core';
import { parseJsonObject } from '../../input/json.js';
import { readParameters, type ParameterOptions } from '../../input/parameter-source.js';
import { readTextOrFile } from '../../input/text-or-file.js';
import type { CliContext } from '../../runtime/context.js';
import { CommandFailure } from '../../runtime/failure.js';

export interface CallRequestOptions extends ParameterOptions {
  bizContent?: string;
}

/** The gateway itself takes no limit on biz_content; this bounds what is read into memory. */
const MAX_BIZ_CONTENT_BYTES = 4 * 1024 * 1024;

/** What the client says with every call, from the environment; a second value would contradict it. */
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

/** Reads what a call says from its options; the business content goes out exactly as it was written. */
export async function readCallRequest(
  context: CliContext,
  method: string,
  { bizContent, ...options }: CallRequestOptions,
): Promise<ExecuteOptions> {
  if (!/^\w+(\.\w+)+$/.test(method)) {
    throw new CommandFailure('invalid-usage', "METHOD is not an interface's name.", {
      nextStep: 'Write it as the documentation does, such as alipay.system.oauth.token.',
    });
  }
  const {
    app_auth_token: appAuthToken,
    auth_token: authToken,
    ...params
  } = await readParameters(context, options);
  const reserved = Object.keys(params).find((name) => RESERVED.has(name));
  if (reserved !== undefined) {
    throw new CommandFailure('invalid-usage', `${reserved} cannot be given as a parameter.`, {
      nextStep:
        reserved === 'biz_content'
          ? 'Give it with --biz-content.'
          : 'It comes from the ALIPAY_* variables or from the call itself: leave it out.',
    });
  }
  return {
    params,
    ...(bizContent === undefined ? {} : { bizContent: await readBizContent(context, bizContent) }),
    ...(appAuthToken ? { appAuthToken } : {}),
    ...(authToken ? { authToken } : {}),
  };
}

async function readBizContent(context: CliContext, argument: string): Promise<string> {
  const { text, name } = await readTextOrFile(
    context,
    argument,
    '--biz-content',
    MAX_BIZ_CONTENT_BYTES,
  );
  // Parsed only to refuse what is no object; written anew, large numbers would change.
  parseJsonObject(text, name);
  return text.trim();
}
