import { UTF_8, findCharset, type Charset } from './charset.js';
import { decodeComponent, splitForm, type RawField } from './form.js';

/** `biz_content` as the gateway finds it. */
export type BizContent =
  | { state: 'missing' }
  | { state: 'illegal' }
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
 * decoded, because it says what the percent-encoded bytes mean.
 */
export function readGatewayRequest(query: string, body: Buffer): GatewayRequest {
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
  return { charset, params, malformed, bizContent: readBizContent(params.get('biz_content')) };
}

function charsetOf(fields: readonly RawField[]): Charset | null {
  const raw = fields.find((field) => field.name === 'charset')?.value;
  const label = raw === undefined ? null : decodeComponent(raw, UTF_8);
  return label === null ? null : findCharset(label);
}

function readBizContent(text: string | undefined): BizContent {
  if (text === undefined || text === '') return { state: 'missing' };
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
