import {
  AlipayError,
  parseResponse,
  trustIn,
  verify,
  type Charset,
  type Trust,
} from '@zhimaper/alipay-core';
import { readVerifyingKey } from '../../config/gateway-settings.js';
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
  content?: string;
  signature?: string;
  publicKeyFile?: string;
}

/** More than the largest answer that the client reads. */
const MAX_CONTENT_BYTES = 16 * 1024 * 1024;

interface Verdict {
  readonly reason: 'unsigned-answer' | 'invalid-signature' | 'malformed-response' | null;
  /** What was found, in English; nothing of the content. */
  readonly detail: string;
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

type Check = (content: string | Uint8Array, signature: string, charset: Charset) => boolean;

/** Verifies an answer's body, or a signature over given content. */
export async function runVerify({
  context,
  output,
  options,
}: CommandRun<VerifyOptions>): Promise<CommandOutcome> {
  await warnOfPersonalArguments(output, [options.content ?? '']);
  const judge = chooseJudge(options);
  const { key, ...environment } = await readVerifyingKey(context, options.publicKeyFile);
  const signing = chooseSigning(options, {}, environment);
  const { signType } = signing;
  const { reason, detail } = await judge(context, signing.charset, (content, signature, charset) =>
    verify(content, signature, key, { signType, charset }),
  );
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

type Judge = (context: CliContext, charset: Charset, check: Check) => Promise<Verdict>;

function chooseJudge({ response, method, content, signature }: VerifyOptions): Judge {
  const given = [response, method, content, signature].filter((value) => value !== undefined);
  if (given.length === 2 && response !== undefined && method !== undefined) {
    return async (context, charset, check) =>
      judgeAnswer(await readSource(context, response, MAX_CONTENT_BYTES), method, charset, check);
  }
  if (given.length === 2 && content !== undefined && signature !== undefined) {
    return async (context, charset, check) => {
      const signed = await readTextOrBytes(context, content, MAX_CONTENT_BYTES);
      return check(signed, signature, charset) ? VERIFIED : INVALID;
    };
  }
  throw new CommandFailure('invalid-usage', 'It is not clear what to verify.', {
    nextStep:
      'Give --response FILE with --method METHOD, or --content TEXT|@FILE with --signature.',
  });
}

function judgeAnswer(body: Uint8Array, method: string, asked: Charset, check: Check): Verdict {
  try {
    const answer = parseResponse(body, { method, charset: asked });
    return VERDICTS[trustIn(answer, (bytes, sign) => check(bytes, sign, answer.charset))];
  } catch (error) {
    if (!(error instanceof AlipayError && error.code === 'MALFORMED_RESPONSE')) throw error;
    return { reason: 'malformed-response', detail: error.message };
  }
}
