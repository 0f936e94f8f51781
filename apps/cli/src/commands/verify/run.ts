import {
  AlipayError,
  parseResponse,
  trustIn,
  verify,
  verifyNotification,
  type NotificationRefusalReason,
  type PublicKey,
  type Trust,
} from '@zhimaper/alipay-core';
import { readVerifyingKey, type SigningSettings } from '../../config/gateway-settings.js';
import { warnOfPersonalArguments } from '../../input/personal-data.js';
import { chooseSigning, type SigningOptions } from '../../input/signing-choice.js';
import { readSource } from '../../input/source.js';
import { readTextOrBytes } from '../../input/text-or-file.js';
import type { CliContext } from '../../runtime/context.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import { CommandFailure } from '../../runtime/failure.js';
import type { CommandRun } from '../../runtime/session.js';

export interface VerifyOptions extends SigningOptions {
  response?: string;
  method?: string;
  notification?: string;
  content?: string;
  signature?: string;
  publicKeyFile?: string;
}

/** More than the largest answer that the client reads. */
const MAX_CONTENT_BYTES = 16 * 1024 * 1024;

interface Verdict {
  readonly reason:
    | 'unsigned-answer'
    | 'invalid-signature'
    | 'malformed-response'
    | NotificationRefusalReason
    | null;
  /** What was found, in English; nothing of the content. */
  readonly detail: string;
  /** What the content itself names. */
  readonly signing?: SigningSettings;
}

const VERIFIED: Verdict = { reason: null, detail: 'The signature is valid.' };
const INVALID: Verdict = {
  reason: 'invalid-signature',
  detail: 'The signature does not belong to these bytes and this key.',
};
const UNSIGNED: Verdict = { reason: 'unsigned-answer', detail: 'The answer carries no signature.' };

const VERDICTS: Readonly<Record<Trust, Verdict>> = {
  verified: VERIFIED,
  'invalid-signature': INVALID,
  'unsigned-answer': UNSIGNED,
};

/** Verifies an answer's body, a notification's form, or a signature over given content. */
export async function runVerify({
  context,
  output,
  options,
}: CommandRun<VerifyOptions>): Promise<CommandOutcome> {
  if (options.content !== undefined) await warnOfPersonalArguments(output, [options.content]);
  const judge = chooseJudge(options);
  const { key, ...environment } = await readVerifyingKey(context, options.publicKeyFile);
  const given = chooseSigning(options, {}, environment);
  const { reason, detail, signing = given } = await judge(context, key, given);
  await output.result({ verified: reason === null, reason, detail, ...signing }, (view) =>
    view.fields([
      ['verified', reason === null ? view.style.green('yes') : view.style.red('no')],
      ['reason', reason],
      ['detail', detail, 'prose'],
      ['sign type', signing.signType],
      ['charset', signing.charset],
    ]),
  );
  return reason === null ? 'success' : 'not-verified';
}

type Judge = (context: CliContext, key: PublicKey, signing: SigningSettings) => Promise<Verdict>;

function chooseJudge(options: VerifyOptions): Judge {
  const { response, method, notification, content, signature } = options;
  const given = Object.values({ response, method, notification, content, signature });
  const count = given.filter((value) => value !== undefined).length;
  if (count === 2 && response !== undefined && method !== undefined) {
    return async (context, key, signing) =>
      judgeAnswer(await readSource(context, response, MAX_CONTENT_BYTES), method, key, signing);
  }
  if (count === 1 && notification !== undefined) {
    return async (context, key) =>
      judgeNotification(await readSource(context, notification, MAX_CONTENT_BYTES), key, options);
  }
  if (count === 2 && content !== undefined && signature !== undefined) {
    return async (context, key, signing) => {
      const signed = await readTextOrBytes(context, content, MAX_CONTENT_BYTES);
      return verify(signed, signature, key, signing) ? VERIFIED : INVALID;
    };
  }
  throw new CommandFailure('invalid-usage', 'It is not clear what to verify.', {
    nextStep:
      'Give --response FILE with --method METHOD, --notification FILE, or --content TEXT|@FILE with --signature.',
  });
}

function judgeAnswer(
  body: Uint8Array,
  method: string,
  key: PublicKey,
  { signType, charset: asked }: SigningSettings,
): Verdict {
  try {
    const answer = parseResponse(body, { method, charset: asked });
    const { charset } = answer;
    return VERDICTS[
      trustIn(answer, (bytes, signature) => verify(bytes, signature, key, { signType, charset }))
    ];
  } catch (error) {
    if (!(error instanceof AlipayError && error.code === 'MALFORMED_RESPONSE')) throw error;
    return { reason: 'malformed-response', detail: error.message };
  }
}

/** The form names sign type and charset by itself; the environment's are those of requests. */
function judgeNotification(
  form: Uint8Array,
  alipayPublicKey: PublicKey,
  { signType, charset }: SigningOptions,
): Verdict {
  const verdict = verifyNotification(form, {
    alipayPublicKey,
    maxBytes: MAX_CONTENT_BYTES,
    ...(signType === undefined ? {} : { signType }),
    ...(charset === undefined ? {} : { charset }),
  });
  if (!verdict.verified) return { reason: verdict.reason, detail: verdict.detail };
  return {
    reason: null,
    detail: `The signature is valid (notification ${verdict.version}).`,
    signing: { signType: verdict.signType, charset: verdict.charset },
  };
}
