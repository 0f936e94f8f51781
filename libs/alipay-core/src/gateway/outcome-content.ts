import type { CatalogueEntry } from '../errors/catalogue-entry.js';
import { findError } from '../errors/find-error.js';
import { redactText } from '../redaction/index.js';
import type { GatewayAnswer, GatewayFailure, JsonObject, JsonValue } from './answer.js';
import { failure, success, unknownOutcome, type AnswerFacts } from './outcome-answer.js';
import type { AnswerTrust } from './outcome-signature.js';
import { traceIdOfMember } from './outcome-trace.js';

const SUCCESS = '10000';
const BUSINESS_FAILED = '40004';
const REPLACEMENT = '\uFFFD';

/** Sub-codes of answers that the gateway cannot sign: it does not know the application or its keys. */
const UNSIGNABLE: ReadonlySet<string | null> = new Set([
  'isv.invalid-app-id',
  'isv.missing-app-id',
  'isv.missing-signature-config',
  'isv.missing-signature-key',
]);

/** What the meaning of an answer depends on, besides its content. */
export interface ContentContext {
  method: string;
  /** Values of the request that must not come back in a text. Asked for only where there is a text to redact. */
  secrets?: () => readonly string[];
  /** Members, texts that are not empty, without which a success is not one. */
  requiredMembers?: readonly string[] | undefined;
  /** For interfaces whose success carries no `code`, such as `alipay.system.oauth.token`. */
  successWithoutCode?: boolean | undefined;
}

/** The response member, how far it may be believed, and the whole body that it came in. */
export interface AnswerContent {
  data: JsonObject;
  trust: AnswerTrust;
  body: Uint8Array;
  /** What there is to say of the trust, as a sentence. */
  remark: string | null;
}

/** Says what the response member means, as far as it may be believed. */
export function judgeContent(
  content: AnswerContent,
  envelope: Pick<AnswerFacts, 'httpStatus' | 'traceId'>,
  context: ContentContext,
): GatewayAnswer {
  const { data, trust, body } = content;
  const code = textOf(data['code']);
  const subCode = textOf(data['sub_code']);
  const entry = findError({ code, subCode, method: context.method });
  const msg = textOf(data['msg']);
  const redact = (text: string | null) => text && redactText(text, context.secrets?.());
  const facts: AnswerFacts = {
    httpStatus: envelope.httpStatus,
    traceId: envelope.traceId ?? traceIdOfMember(data),
    verified: trust === 'verified',
    code: code === entry?.code ? code : redact(code),
    msg: msg === entry?.msg ? msg : redact(msg),
    subCode: entry?.subCode ? subCode : redact(subCode),
    subMsg: redact(textOf(data['sub_msg'])),
  };
  if (code === null && subCode === null && context.successWithoutCode !== true) {
    return unknownOutcome(facts, 'malformed-response', body, 'It carries no code.');
  }
  return code === SUCCESS || (code === null && subCode === null)
    ? judgeSuccess(content, facts, context.requiredMembers ?? [])
    : judgeError(content, facts, entry);
}

function judgeSuccess(
  { data, trust, body, remark }: AnswerContent,
  facts: AnswerFacts,
  requiredMembers: readonly string[],
): GatewayAnswer {
  if (trust !== 'verified') return unknownOutcome(facts, trust, body, remark);
  return requiredMembers.every((name) => isWholeText(data[name]))
    ? success(facts, data)
    : unknownOutcome(facts, 'incomplete-success', body);
}

function judgeError(
  { trust, body, remark }: AnswerContent,
  facts: AnswerFacts,
  entry: CatalogueEntry | null,
): GatewayFailure {
  const isListed = entry !== null && !(entry.code === BUSINESS_FAILED && entry.subCode === null);
  const isBelieved =
    trust === 'verified' || (trust === 'unsigned-answer' && UNSIGNABLE.has(entry?.subCode ?? null));
  if (!isBelieved) {
    const claim = entry === null ? null : `It claims: ${entry.description}`;
    const remarks = [remark, claim].filter((text) => text !== null);
    return unknownOutcome(facts, trust, body, remarks.join(' ') || null);
  }
  // What the catalogue cannot name may be a success by another name: its bytes are kept.
  if (!isListed || entry.class === 'success') return unknownOutcome(facts, 'unlisted-code', body);
  const { class: outcome, description, solution } = entry;
  return failure(facts, { outcome, reason: 'gateway-error', description, solution });
}

/** The gateway writes its codes as text; a number says the same. */
function textOf(value: JsonValue | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A token that was damaged on the way must not pass for one. */
function isWholeText(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value !== '' && !value.includes(REPLACEMENT);
}
