import { randomBytes, type KeyObject } from 'node:crypto';

import { composeAnswer } from '../answer/compose.js';
import { errorName, gatewayError } from '../answer/gateway-error.js';
import { isCertificateMode } from '../judge/certificates.js';
import { judgeRequest, type JudgeContext, type Judgement } from '../judge/judge.js';
import type { Ledger, LedgerToken } from '../ledger/ledger.js';
import { requestFacts } from '../ledger/request-facts.js';
import type { AnswerContext, MethodAnswer } from '../methods/gateway-method.js';
import { faultsOf, hasError, spoilingFault, type ScenarioAction } from '../scenarios/scenario.js';
import type { ScenarioBook } from '../scenarios/scenario-book.js';
import type { IssuedPair } from '../tokens/token-book.js';
import { findCharset, UTF_8 } from '../wire/charset.js';
import { isEncrypted, readGatewayRequest, type GatewayRequest } from '../wire/gateway-request.js';
import { readSignType } from '../wire/sign-type.js';
import type { Reply } from './reply.js';

/** What the gateway holds. */
export interface GatewayState {
  judge: Omit<JudgeContext, 'now' | 'hasContentKey'>;
  /** The app's key for encrypted content; null where none is configured. */
  contentKey: KeyObject | null;
  ledger: Ledger;
  scenarios: ScenarioBook;
  /** The key of key mode; in certificate mode it is that of the current certificate. */
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
  const request = readGatewayRequest(wire.query, wire.body, state.contentKey);
  const facts = requestFacts(request);
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

  const hasContentKey = state.contentKey !== null;
  const judgement = judgeRequest(request, { ...state.judge, hasContentKey, now });
  const { tokens, certificates } = state.judge;
  const record = (kind: LedgerToken['kind'], pair: IssuedPair): IssuedPair => {
    const { accessToken, refreshToken, replaces, grant } = pair;
    const { certNo, mobile } = grant;
    const person = { method: facts.method ?? '', certNo, mobile };
    state.ledger.recordToken({ at, kind, accessToken, refreshToken, replaces, ...person, traceId });
    return pair;
  };
  const answer = answerOf(judgement, request, action, {
    now,
    certificates,
    grantTokens: ({ permanent }) => {
      const { certNo, mobile } = facts;
      return record('apply', tokens.grant({ permanent, certNo, mobile }, now));
    },
    refreshTokens: (refreshToken) => record('refresh', tokens.refresh(refreshToken, now)),
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
  const signer = signerOf(state, request);
  return {
    action,
    compose: () => composeReply(state, request, answer, { action, signer, traceId }),
  };
}

function answerOf(
  judgement: Judgement,
  request: GatewayRequest,
  action: ScenarioAction,
  context: AnswerContext,
): MethodAnswer {
  if (judgement.verdict === 'refused') return { kind: 'error', error: judgement.error };
  if (hasError(action)) {
    return { kind: 'error', error: gatewayError(action.subCode ?? null, action) };
  }
  return judgement.method.answer(request, context);
}

interface Signer {
  key: KeyObject;
  alipayCertSn: string | null;
}

/** A request that goes by certificates is answered by the current one, if there is any. */
function signerOf({ judge, signingKey }: GatewayState, { params }: GatewayRequest): Signer {
  const certificate = isCertificateMode(params) ? judge.certificates.current : null;
  if (certificate === null) return { key: signingKey, alipayCertSn: null };
  return { key: certificate.privateKey, alipayCertSn: certificate.sn };
}

async function composeReply(
  state: GatewayState,
  request: GatewayRequest,
  answer: MethodAnswer,
  { action, signer, traceId }: { action: ScenarioAction; signer: Signer; traceId: string },
): Promise<Reply> {
  const forced = action.charset === undefined ? null : findCharset(action.charset);
  const charset = forced ?? request.charset ?? UTF_8;
  const body = await composeAnswer({
    method: request.params.get('method'),
    answer,
    charset,
    signType: readSignType(request.params.get('sign_type')) ?? 'RSA2',
    signingKey: action.wrongKey ? await state.wrongKey() : signer.key,
    alipayCertSn: signer.alipayCertSn,
    contentKey: isEncrypted(request.params) ? state.contentKey : null,
    faults: action,
  });
  const headers = { 'Content-Type': `text/html;charset=${charset.label}`, trace_id: traceId };
  return { status: 200, headers, body };
}
