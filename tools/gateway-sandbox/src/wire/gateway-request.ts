import type { KeyObject } from 'node:crypto';

import { UTF_8, decodeBytes, findCharset, type Charset } from './charset.js';
import { decryptContent } from './content-encryption.js';
import { decodeComponent, splitForm, type RawField } from './form.js';

/** `biz_content` as the gateway finds it. */
export type BizContent =
  | { state: 'missing' }
  | { state: 'illegal' }
  /** Encrypted, and not with the app's content key. */
  | { state: 'undecipherable' }
  | { state: 'not-an-object' }
  | { state: 'present'; fields: Readonly<Record<string, unknown>> };

/** One call of `/gateway.do`, decoded but not judged. */
export interface GatewayRequest {
  /** Null where the query names no charset that the gateway knows; the parameters are then read as UTF-8. */
  charset: Charset | null;
  params: ReadonlyMap<string, string>;
  /** Parameters that came twice or whose percent-encoding is broken: what was meant cannot be known. */
  malformed: readonly string[];
  bizContent: BizContent;
}

/**
 * Reads a call from its query and its form body. The charset is looked for in the query, before anything is
 * decoded, because it says what the percent-encoded bytes mean. Encrypted content is opened here, for the ledger and the
 * scenarios; what is wrong with it is told only to a caller whose signature is right.
 */
export function readGatewayRequest(
  query: string,
  body: Buffer,
  contentKey: KeyObject | null,
): GatewayRequest {
  const queryFields = splitForm(query);
  const charset = charsetOf(queryFields);
  const params = new Map<string, string>();
  const malformed: string[] = [];

  for (const field of [...queryFields, ...splitForm(body.toString('latin1'))]) {
    const name = decodeComponent(field.name, charset ?? UTF_8);
    const value = decodeComponent(field.value, charset ?? UTF_8);
    if (name === null || value === null || params.has(name)) malformed.push(name ?? field.name);
    else params.set(name, value);
  }
  const text = params.get('biz_content') ?? '';
  const bizContent =
    isEncrypted(params) && contentKey !== null
      ? openBizContent(text, contentKey, charset ?? UTF_8)
      : readBizContent(text);
  return { charset, params, malformed, bizContent };
}

function charsetOf(fields: readonly RawField[]): Charset | null {
  const raw = fields.find((field) => field.name === 'charset')?.value;
  const label = raw === undefined ? null : decodeComponent(raw, UTF_8);
  return label === null ? null : findCharset(label);
}

/** Whether content goes encrypted, there and back. */
export function isEncrypted(params: ReadonlyMap<string, string>): boolean {
  return params.get('encrypt_type') === 'AES';
}

function openBizContent(text: string, contentKey: KeyObject, charset: Charset): BizContent {
  if (text === '') return { state: 'missing' };
  const plain = decryptContent(text, contentKey);
  if (plain === null) return { state: 'undecipherable' };
  const content = readBizContent(decodeBytes(plain, charset));
  // One wrong key in 256 leaves a padding that looks right: what is no JSON then was not encrypted with this key.
  return content.state === 'illegal' ? { state: 'undecipherable' } : content;
}

function readBizContent(text: string): BizContent {
  if (text === '') return { state: 'missing' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { state: 'illegal' };
  }
  return isRecord(value) ? { state: 'present', fields: value } : { state: 'not-an-object' };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of one field of `biz_content`, or null where it is absent or no text. */
export function bizText(request: GatewayRequest, field: string): string | null {
  if (request.bizContent.state !== 'present') return null;
  const value = request.bizContent.fields[field];
  return typeof value === 'string' ? value : null;
}
