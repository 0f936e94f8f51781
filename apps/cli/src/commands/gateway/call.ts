import { ZHIMA_AUTHORIZATION_METHOD, type GatewayAnswer } from '@zhimaper/alipay-core';
import { readCallSettings } from '../../config/gateway-settings.js';
import { warnOfPersonalArguments } from '../../input/personal-data.js';
import { sourceIn } from '../../input/text-or-file.js';
import { takeBoth } from '../../runtime/core-failure.js';
import type { CommandOutcome } from '../../runtime/exit-status.js';
import type { Output } from '../../runtime/output.js';
import type { CommandRun } from '../../runtime/session.js';
import { readCallRequest, type CallRequestOptions } from './call-request.js';
import { deliver, reportFailure, styleOutcome, withClient } from './client.js';
import { maskAnswer } from './mask-answer.js';

export interface CallOptions extends CallRequestOptions {
  reveal?: boolean;
}

/** Their answers hold tokens that cannot be had again. */
const TOKEN_METHODS: ReadonlySet<string> = new Set([
  ZHIMA_AUTHORIZATION_METHOD,
  'alipay.system.oauth.token',
  'alipay.open.auth.token.app',
]);

/** Calls any method and prints what Alipay said. */
export async function runCall(run: CommandRun<CallOptions>): Promise<CommandOutcome> {
  const {
    context,
    output,
    operands: [method = ''],
    options,
  } = run;
  const { bizContent = '', param = [], reveal = false } = options;
  const inline = sourceIn(bizContent) === null ? [bizContent] : [];
  await warnOfPersonalArguments(output, [...inline, ...param]);

  const [settings, request] = await takeBoth(
    () => readCallSettings(context),
    () => readCallRequest(context, method, options),
  );
  if (TOKEN_METHODS.has(method) && !reveal) {
    await output.warn('this method issues tokens; without --reveal they are masked, and lost.');
  }
  const answer = await withClient(settings, run, (client) =>
    client.execute(method, { ...request, signal: context.signal, retry: { attempts: 1 } }),
  );
  if (answer.outcome !== 'success') await reportFailure(answer, output);
  return deliver(answer.outcome, showAnswer(answer, reveal, output));
}

function showAnswer(answer: GatewayAnswer, reveal: boolean, output: Output): Promise<void> {
  const isSuccess = answer.outcome === 'success';
  const data = isSuccess ? (reveal ? { ...answer.data } : maskAnswer(answer.data)) : null;
  const result = {
    outcome: answer.outcome,
    code: answer.code,
    msg: answer.msg,
    subCode: answer.subCode,
    subMsg: isEcho(answer) ? null : answer.subMsg,
    traceId: answer.traceId,
    verified: answer.verified,
    reason: isSuccess ? null : answer.reason,
    data,
  };
  return output.result(result, (view) => [
    ...view.fields([
      ['outcome', styleOutcome(result.outcome, view.style)],
      ['code', result.code],
      ['message', result.msg],
      ['sub-code', result.subCode],
      ['sub-message', result.subMsg],
      ['trace id', result.traceId],
      ['verified', result.verified ? 'yes' : 'no'],
    ]),
    ...(data === null ? [] : JSON.stringify(data, null, 2).split('\n')),
  ]);
}

/** A wrong signature is answered with the whole string to sign, which even redacted is no explanation. */
function isEcho({ subCode }: GatewayAnswer): boolean {
  return subCode?.endsWith('invalid-signature') === true;
}
