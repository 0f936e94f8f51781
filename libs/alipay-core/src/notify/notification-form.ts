import {
  decodeText,
  encodeText,
  formSplit,
  parseCharset,
  toBinaryText,
  type Charset,
} from '../charset/index.js';
import { AlipayError } from '../errors/alipay-error.js';
import { refuse, type RefusedNotification } from './notification-verdict.js';

/**
 * A notification as it came: the raw body, or the form that a framework made of it. The raw body is better: nothing can
 * have decoded it twice, or in a wrong charset.
 */
export type NotificationForm =
  Uint8Array | string | Iterable<readonly [string, string]> | Readonly<Record<string, unknown>>;

/** One parameter: as text, and as the bytes that are signed, each byte a character. */
export interface NotificationField {
  name: string;
  value: string;
  nameBytes: string;
  valueBytes: string;
}

interface ReadForm {
  charset: Charset;
  fields: ReadonlyMap<string, NotificationField>;
}

interface ReadFormOptions {
  /** Instead of the one that the form names. */
  charset: Charset | null;
  maxBytes: number;
}

/** Reads a form, each part decoded exactly once. Whatever it holds, the answer is a value. */
export function readForm(
  form: NotificationForm,
  options: ReadFormOptions,
): ReadForm | RefusedNotification {
  if (typeof form === 'string' || form instanceof Uint8Array) return readBody(form, options);
  const texts: [string, string][] = [];
  let size = 0;
  for (const [name, value] of entriesOf(form)) {
    if (Array.isArray(value)) return repeated();
    if (typeof name !== 'string' || typeof value !== 'string') {
      return refuse('malformed-form', 'A parameter is not a text.');
    }
    size += name.length + value.length;
    if (size > options.maxBytes) return tooLarge(options);
    texts.push([name, value]);
  }
  const named = texts.find(([name]) => name === 'charset')?.[1];
  return inCharset(named, options, (charset) =>
    texts.map(([name, value]) => ({
      name,
      value,
      nameBytes: toBinaryText(encodeText(name, charset)),
      valueBytes: toBinaryText(encodeText(value, charset)),
    })),
  );
}

function readBody(
  body: Uint8Array | string,
  options: ReadFormOptions,
): ReadForm | RefusedNotification {
  if (body.length > options.maxBytes) return tooLarge(options);
  // `charset` and its value are ASCII, which every charset writes alike.
  const ascii = typeof body === 'string' ? body : toBinaryText(body);
  const named = new URLSearchParams(ascii).get('charset') ?? undefined;
  return inCharset(named, options, (charset) => {
    const bytes = typeof body === 'string' ? encodeText(body, charset) : body;
    return formSplit(bytes).map(([name, value]) => ({
      name: strictly(name, charset),
      value: strictly(value, charset),
      nameBytes: toBinaryText(name),
      valueBytes: toBinaryText(value),
    }));
  });
}

class Undecodable extends Error {}

function strictly(bytes: Uint8Array, charset: Charset): string {
  const text = decodeText(bytes, charset);
  if (text === null) throw new Undecodable();
  return text;
}

function inCharset(
  named: string | undefined,
  options: ReadFormOptions,
  read: (charset: Charset) => NotificationField[],
): ReadForm | RefusedNotification {
  let charset: Charset;
  try {
    charset = options.charset ?? parseCharset(named || 'utf-8');
  } catch {
    return refuse(
      'unsupported-charset',
      'The form names a charset that the gateway does not have.',
    );
  }
  try {
    const list = read(charset);
    const fields = new Map(list.map((field) => [field.name, field]));
    return fields.size === list.length ? { charset, fields } : repeated();
  } catch (error) {
    if (!(error instanceof Undecodable || error instanceof AlipayError)) throw error;
    return refuse('undecodable-text', `The form holds text that is not ${charset}.`);
  }
}

function entriesOf(form: Exclude<NotificationForm, Uint8Array | string>): [unknown, unknown][] {
  if (typeof form !== 'object' || (form as unknown) === null) {
    throw new TypeError('A notification is a raw body, an object, or names and values.');
  }
  if (!(Symbol.iterator in form)) return Object.entries(form);
  return Array.from(form as Iterable<unknown>, (entry) => {
    if (Array.isArray(entry) && entry.length === 2) return [entry[0], entry[1]];
    throw new TypeError('A list of parameters holds pairs of name and value.');
  });
}

function repeated(): RefusedNotification {
  return refuse('repeated-parameter', 'The form repeats a parameter.');
}

function tooLarge({ maxBytes }: ReadFormOptions): RefusedNotification {
  return refuse('form-too-large', `The form has more than the ${maxBytes} bytes allowed.`);
}
