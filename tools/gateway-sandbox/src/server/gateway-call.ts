import { randomBytes, type KeyObject } from 'node:crypto';

import { composeAnswer } from '../answer/compose.js';
import { errorName, gatewayError } from '../answer/gateway-error.js';
import { judgeRequest, type JudgeContext, type Judgement } from '../judge/judge.js';
import type { Ledger } from '../ledger/ledger.js';
import type { MethodAnswer, TokenPair } from '../methods/gateway-method.js';
import { faultsOf, hasError, spoilingFault, type ScenarioAction } from '../scenarios/scenario.js';
import type { ScenarioBook } from '../scenarios/scenario-book.js';
import { findCharset, UTF_8 } from '../wire/charset.js';
import { bizText, readGatewayRequest, type GatewayRequest } from '../wire/gateway-request.js';
import { readSignType } from '../wire/sign-type.js';
import type { Reply } from './reply.js';

/** What the gateway holds. */
export interface GatewayState {
  judge: Omit<JudgeContext, 'now'>;
  ledger: Ledger;
  scenarios: ScenarioBook;
  signingKey: KeyObject;
  /** A key that nobody was told of, made when it is first asked for. */
  wrongKey: () => Promise<KeyObject>;
}

/** One call, decided and on the ledger; only the answer is still to be composed and sent. */
export interface DecidedCall {
  action: ScenarioAction;
  /** Absent where the connection is reset before anything is judged. */
  compose?: () => Promise<Reply>;
}

/**
 * Decides one call: scenario, judgement, answer, ledger. Every pair issued is on the ledger before a byte of the answer
 * leaves.
 */
export function decideCall(
  state: GatewayState,
  wire: { query: string; body: Buffer },
  now: number,
): DecidedCall {
  const request = readGatewayRequest(wire.query, wire.body);
  const facts = factsOf(request);
  const action = state.scenarios.take(facts) ?? {};
  const traceId = randomBytes(16).toString('hex');
  const at = new Date(now).toISOString();
  const fault = faultsOf(action).join('+') || null;

  if (action.resetBefore) {
    const verdict = 'not-judged';
    const outcome = 'resetBefore';
    state.ledger.recordRequest({ at, ...facts, verdict, outcome, fault, traceId });
    return { action };
  }

  const judgement = judgeRequest(request, { ...state.judge, now });
  const answer = answerOf(judgement, request, action, () => {
    const pair = freshPair(now);
    const { certNo, mobile } = facts;
    const method = facts.method ?? '';
    state.ledger.recordToken({ at, ...pair, method, certNo, mobile, traceId });
    return pair;
  });
  state.ledger.recordRequest({
    at,
    ...facts,
    verdict: judgement.verdict === 'accepted' ? 'accepted' : errorName(judgement.error),
    outcome:
      spoilingFault(action) ?? (answer.kind === 'success' ? 'success' : errorName(answer.error)),
    fault,
    traceId,
  });
  return { action, compose: () => composeReply(state, request, answer, action, traceId) };
}

function answerOf(
  judgement: Judgement,
  request: GatewayRequest,
  action: ScenarioAction,
  issueTokens: () => TokenPair,
): MethodAnswer {
  if (judgement.verdict === 'refused') return { kind: 'error', error: judgement.error };
  if (hasError(action)) {
    return { kind: 'error', error: gatewayError(action.subCode ?? null, action) };
  }
  return judgement.method.answer(request, issueTokens);
}

async function composeReply(
  state: GatewayState,
  request: GatewayRequest,
  answer: MethodAnswer,
  action: ScenarioAction,
  traceId: string,
): Promise<Reply> {
  const forced = action.charset === undefined ? null : findCharset(action.charset);
  const charset = forced ?? request.charset ?? UTF_8;
  const body = await composeAnswer({
    method: request.params.get('method'),
    answer,
    charset,
    signType: readSignType(request.params.get('sign_type')) ?? 'RSA2',
    signingKey: action.wrongKey ? await state.wrongKey() : state.signingKey,
    faults: action,
  });
  const headers = { 'Content-Type': `text/html;charset=${charset.label}`, trace_id: traceId };
  return { status: 200, headers, body };
}

/** Longer than any parameter of the interface, short enough for a ledger of many thousand hostile requests. */
const MAX_RECORDED = 128;

function factsOf(request: GatewayRequest) {
  const shorten = (text: string | null | undefined) => text?.slice(0, MAX_RECORDED) ?? null;
  return {
    method: shorten(request.params.get('method')),
    certNo: shorten(bizText(request, 'cert_no')),
    name: shorten(bizText(request, 'name')),
    mobile: shorten(bizText(request, 'mobile')),
    charset: shorten(request.params.get('charset')),
    signType: shorten(request.params.get('sign_type')),
  };
}

/** The form of the document's own examples: the day in UTC+8 and 32 hexadecimal digits. */
function freshPair(now: number): TokenPair {
  const day = new Date(now + 8 * 60 * 60 * 1000).toISOString().slice(0, 10).replaceAll('-', '');
  return {
    accessToken: day + randomBytes(16).toString('hex'),
    refreshToken: day + randomBytes(16).toString('hex'),
  };
}
