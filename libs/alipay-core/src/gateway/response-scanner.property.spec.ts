import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { encodeText, type Charset } from '../charset/index.js';
import type { JsonValue } from './answer.js';
import { trustIn } from './outcome-signature.js';
import { scanResponse } from './response-scanner.js';

const METHOD = 'alipay.trade.query';
const MEMBER = 'alipay_trade_query_response';

const blank = fc.constantFrom('', '', '', ' ', '\n\t', '\r ');
const piece = fc.oneof(
  fc.constantFrom(
    ...['\\"', '\\\\', '\\/', '\\n', '\\u4e09', '\\u0022', '\\ud83d\\ude00', '\\udc00', '\\u005C'],
    ...['张', '誠', '亇', '€', '}', '{', ']', ',', ':', '\\\\"', '"sign":', ' ', '\u007f', 'é'],
  ),
  fc.string({ maxLength: 3 }).map((text) => JSON.stringify(text).slice(1, -1)),
);
const quoted = fc.array(piece, { maxLength: 4 }).map((pieces) => `"${pieces.join('')}"`);
const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => JSON.stringify(value)),
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String),
  fc.constantFrom('-0', '0.0', '1E+2', '12e-3', '1e400', '9007199254740993', '01', '-', '1.', '.5'),
);
const { object } = fc.letrec<{ value: string; array: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    quoted,
    number,
    fc.constantFrom('true', 'false', 'null'),
    tie('array'),
    tie('object'),
  ),
  array: fc
    .tuple(blank, fc.array(tie('value'), { maxLength: 3 }), blank)
    .map(([before, values, after]) => `[${before}${values.join(`${after},`)}${after}]`),
  object: fc
    .tuple(
      blank,
      fc.array(
        fc.tuple(fc.oneof(quoted, fc.constantFrom('"__proto__"', '"a"', '"1"')), tie('value')),
        { maxLength: 3 },
      ),
      blank,
    )
    .map(
      ([before, members, after]) =>
        `{${before}${members.map(([name, value]) => `${name}${after}:${before}${value}`).join(`${after},`)}${after}}`,
    ),
}));

/** A fault that may or may not break the JSON: one character taken out, put in or replaced. */
const fault = fc.oneof(
  { arbitrary: fc.constant(null), weight: 2 },
  {
    arbitrary: fc.record({
      at: fc.nat(),
      remove: fc.nat({ max: 1 }),
      insert: fc.constantFrom('', ...'"\\{},:0e\u0000\nx张'),
    }),
    weight: 1,
  },
);

const answers = fc.record({
  value: object,
  fault,
  lead: blank,
  trail: blank,
  isSignedFirst: fc.boolean(),
  charset: fc.constantFrom<Charset>('utf-8', 'gb18030'),
});

/** Equal to what `JSON.parse` yields, numbers beyond 2^53 - 1 kept as text aside. */
function agrees(ours: JsonValue | undefined, theirs: unknown): boolean {
  if (typeof theirs === 'number' && Math.abs(theirs) > Number.MAX_SAFE_INTEGER) {
    return typeof ours === 'string' && Number(ours) === theirs;
  }
  if (typeof theirs !== 'object' || theirs === null) return Object.is(ours, theirs);
  if (typeof ours !== 'object' || ours === null) return false;
  const [a, b] = [Object.entries(ours), Object.entries(theirs)];
  return (
    Object.getPrototypeOf(ours) === Object.getPrototypeOf(theirs) &&
    a.length === b.length &&
    a.every(([name, value], at) => b[at]![0] === name && agrees(value, b[at]![1]))
  );
}

function parseWithRuntime(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe('the scanner', () => {
  it('agrees with JSON.parse on 100,000 generated answers', () => {
    const seen = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(answers, ({ value, fault, lead, trail, isSignedFirst, charset }) => {
        const at = fault === null ? 0 : fault.at % (value.length + 1);
        const slice =
          fault === null
            ? value
            : value.slice(0, at) + fault.insert + value.slice(at + fault.remove);
        const member = `"${MEMBER}"${trail}:${lead}`;
        const text = isSignedFirst
          ? `${lead}{"sign":"S",${member}${slice}${trail}}${trail}`
          : `${lead}{${member}${slice}${trail},"sign":"S"}${trail}`;
        const bytes = encodeText(text, charset);

        const parsed = parseWithRuntime(text);
        const scanned = scanResponse(bytes, { method: METHOD, charset });

        if (parsed === undefined) {
          seen.invalid += 1;
          return !scanned.ok;
        }
        seen.valid += 1;
        return (
          scanned.ok &&
          scanned.sign === 'S' &&
          agrees(scanned.value, (parsed as Record<string, unknown>)[MEMBER]) &&
          Buffer.from(scanned.signedBytes).equals(encodeText(slice.trim(), charset))
        );
      }),
      { numRuns: 100_000 },
    );
    expect(seen.valid).toBeGreaterThan(50_000);
    expect(seen.invalid).toBeGreaterThan(10_000);
  }, 120_000);

  it('never lets a mutated signed byte pass verification', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const verify = (bytes: Uint8Array, sign: string) =>
      createVerify('RSA-SHA256').update(bytes).verify(publicKey, sign, 'base64');
    let mutants = 0;

    fc.assert(
      fc.property(
        object,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
          minLength: 10,
          maxLength: 10,
        }),
        (value, mutations) => {
          const sign = createSign('RSA-SHA256')
            .update(encodeText(value, 'utf-8'))
            .sign(privateKey, 'base64');
          const prefix = `{"${MEMBER}":`;
          const bytes = encodeText(`${prefix}${value},"sign":"${sign}"}`, 'utf-8');
          const length = bytes.length - prefix.length - sign.length - `,"sign":""}`.length;
          const original = scanResponse(bytes, { method: METHOD, charset: 'utf-8' });
          if (!original.ok) return true;
          if (trustIn(original, verify) !== 'verified') return false;

          return mutations.every(([at, flip]) => {
            const mutant = bytes.slice();
            mutant[prefix.length + (at % length)]! ^= flip;
            const scanned = scanResponse(mutant, { method: METHOD, charset: 'utf-8' });
            mutants += 1;
            return !scanned.ok || trustIn(scanned, verify) !== 'verified';
          });
        },
      ),
      { numRuns: 1_000 },
    );
    expect(mutants).toBeGreaterThan(5_000);
  }, 120_000);
});
