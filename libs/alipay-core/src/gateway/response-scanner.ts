import { answerCharset, type Charset } from '../charset/index.js';
import type { FailureReason, JsonObject, JsonValue } from './answer.js';
import { isJsonObject, JsonFault, JsonReader } from './response-json.js';

const UTF8_BOM = [0xef, 0xbb, 0xbf];
const GB18030_BOM = [0x84, 0x31, 0x95, 0x33];
const BYTE_ORDER_MARKS = [UTF8_BOM, GB18030_BOM];

/** Most bytes of an answer by default: 10 MiB. */
const DEFAULT_MAX_BYTES = 10_485_760;
/** Most levels of nesting by default; the root object is the first. */
export const DEFAULT_MAX_DEPTH = 64;
/** Above this many levels the reader's own call stack would be at risk. */
const DEEPEST = 512;

export interface ScanOptions {
  /** The method called, such as `alipay.trade.query`: it names the response member. */
  method: string;
  /** The charset asked for; the answer may come in another. */
  charset: Charset;
  /** Most levels of nesting, 1 to 512; 64 by default. */
  maxDepth?: number | undefined;
  /** Most bytes, inclusive; 10,485,760 by default. */
  maxBytes?: number | undefined;
}

/** An answer taken apart, but not yet verified. */
export interface ScannedResponse {
  /** The member that holds the answer: the method's own, or `error_response`. */
  memberName: string;
  /** Exactly the bytes that Alipay signed: the member's value as it came, braces or quotes included. */
  signedBytes: Uint8Array;
  /** The same bytes parsed; text where the answer is encrypted. Numbers beyond 2^53 - 1 are kept as text. */
  value: JsonObject | string;
  /** The signature in base64, or null where the answer carries none. */
  sign: string | null;
  /** The serial number of the certificate that Alipay signed with, in certificate mode. */
  alipayCertSn: string | null;
  /** The charset that the answer really is in. */
  charset: Charset;
}

type ScanReason = Extract<
  FailureReason,
  | 'malformed-response'
  | 'repeated-member'
  | 'trailing-data'
  | 'missing-response-member'
  | 'response-too-large'
>;

/** Why an answer is no gateway answer. */
interface ScanRefusal {
  ok: false;
  reason: ScanReason;
  /** What is wrong, in English; it quotes nothing of the answer. */
  detail: string;
  /** Where, in bytes from the start. */
  offset: number;
}

export type ScanResult = ({ ok: true } & ScannedResponse) | ScanRefusal;

interface Member {
  name: string;
  value: JsonValue;
  start: number;
  end: number;
}

/** What the root object holds, as far as it matters here. */
interface Root {
  answers: Member[];
  sign: JsonValue;
  alipayCertSn: JsonValue;
  repeatedAt: number | null;
}

/**
 * Takes a gateway answer apart in one pass over its bytes: what was signed and what it says come from the
 * same token, so they cannot differ.
 *
 * It refuses whatever could make them differ elsewhere: a member repeated at the root (names compared
 * unescaped), both a response member and `error_response`, and anything but white space after the root
 * object. Other members of the root are tolerated.
 *
 * Throws `TypeError` when `maxDepth` is not between 1 and 512.
 * Source: RFC 8259; interface document, public response parameters.
 */
export function scanResponse(
  bytes: Uint8Array,
  { method, charset, maxDepth = DEFAULT_MAX_DEPTH, maxBytes = DEFAULT_MAX_BYTES }: ScanOptions,
): ScanResult {
  if (!(maxDepth >= 1 && maxDepth <= DEEPEST)) {
    throw new TypeError(`maxDepth must be between 1 and ${DEEPEST}`);
  }
  if (bytes.length > maxBytes) {
    return refuse(
      'response-too-large',
      `The answer has more than the ${maxBytes} bytes allowed`,
      maxBytes,
    );
  }
  const actual = answerCharset(bytes, charset);
  try {
    const reader = new JsonReader(bytes, actual, maxDepth);
    const root = readRoot(reader, `${method.replaceAll('.', '_')}_response`);
    const trailing = reader.nextOffset();
    return trailing === null
      ? assemble(root, bytes, actual)
      : refuse('trailing-data', 'Something stands after the root object', trailing);
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    return refuse('malformed-response', fault.message, fault.offset);
  }
}

function readRoot(reader: JsonReader, ownName: string): Root {
  const root: Root = { answers: [], sign: null, alipayCertSn: null, repeatedAt: null };
  const names = new Set<string>();
  reader.skipOneOf(BYTE_ORDER_MARKS);
  reader.readMembers((name, nameOffset, value, start, end) => {
    if (names.has(name)) root.repeatedAt ??= nameOffset;
    names.add(name);
    if (name === ownName || name === 'error_response') {
      root.answers.push({ name, value, start, end });
    } else if (name === 'sign') {
      root.sign = value;
    } else if (name === 'alipay_cert_sn') {
      root.alipayCertSn = value;
    }
  });
  return root;
}

function assemble(root: Root, bytes: Uint8Array, charset: Charset): ScanResult {
  if (root.repeatedAt !== null) {
    return refuse('repeated-member', 'The root object repeats a member', root.repeatedAt);
  }
  const [answer, second] = root.answers;
  if (answer === undefined) {
    return refuse('missing-response-member', 'The root object holds no response member', 0);
  }
  if (second !== undefined) {
    return refuse('malformed-response', 'The root object holds two response members', second.start);
  }
  const { name, value, start, end } = answer;
  if (!(typeof value === 'string' || isJsonObject(value))) {
    return refuse(
      'malformed-response',
      'The response member is neither an object nor encrypted text',
      start,
    );
  }
  if (!isTextOrNull(root.sign) || !isTextOrNull(root.alipayCertSn)) {
    return refuse('malformed-response', 'sign or alipay_cert_sn is not text', 0);
  }
  return {
    ok: true,
    memberName: name,
    signedBytes: bytes.subarray(start, end),
    value,
    sign: root.sign || null,
    alipayCertSn: root.alipayCertSn || null,
    charset,
  };
}

function refuse(reason: ScanReason, detail: string, offset: number): ScanRefusal {
  return { ok: false, reason, detail, offset };
}

function isTextOrNull(value: JsonValue): value is string | null {
  return value === null || typeof value === 'string';
}
