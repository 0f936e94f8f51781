import { describe, expect, it } from '@jest/globals';
import { CommandFailure } from '../../runtime/failure.js';
import { checkRow } from './check-row.js';
import { readCsvRows } from './csv-rows.js';
import { readJsonlRows } from './jsonl-rows.js';
import type { Row } from './row.js';

async function* pieces(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) {
    yield await Promise.resolve(text.slice(at, at + size));
  }
}

async function collect<T>(pieces: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const values of pieces) all.push(...values);
  return all;
}

const csv = (text: string, utc = true, size = 5) => collect(readCsvRows(pieces(text, size), utc));
const jsonl = (text: string, size = 5) => collect(readJsonlRows(pieces(text, size)));

async function failureOf(promise: Promise<unknown>): Promise<CommandFailure> {
  const error = await promise.catch((thrown: unknown) => thrown);
  if (error instanceof CommandFailure) return error;
  throw new Error('It did not fail.');
}

const HEADING = 'certNo,name,mobile,consentReference,consentTextVersion,consentGrantedAt';
const FIELDS = '330701199901011311,张三,13588111111,c-1,2026-01,2026-11-24T08:00:00Z';
const PERSON = {
  certType: 'IDENTITY_CARD',
  certNo: '330701199901011311',
  name: '张三',
  mobile: '13588111111',
};
const APPLICATION = {
  ...PERSON,
  consent: { reference: 'c-1', textVersion: '2026-01', grantedAt: '2026-11-24T08:00:00.000Z' },
};

function rowOf(value: unknown): Row {
  return { number: 1, line: 2, value };
}

describe('readCsvRows', () => {
  it('reads a heading in English', async () => {
    expect(await csv(`${HEADING}\n${FIELDS}\n`)).toEqual([
      rowOf({
        ...{ certNo: PERSON.certNo, name: PERSON.name, mobile: PERSON.mobile },
        consent: { ...APPLICATION.consent, grantedAt: '2026-11-24T08:00:00Z' },
      }),
    ]);
  });

  it('reads a heading in Chinese, in any order, mixed, with every column', async () => {
    const rows = await csv(
      [
        '姓名,证件号码,手机号,证件类型,二级商户号,业务编号,授权编号,授权文本版本,Consent_Granted_At,确认重复申请',
        '张三,330701199901011311,13588111111,身份证,2088721630869411,crm-1,c-1,2026-01,2026/11/24 8:00,是',
      ].join('\r\n'),
    );
    expect(rows).toEqual([
      rowOf({
        ...APPLICATION,
        linkedMerchantId: '2088721630869411',
        reference: 'crm-1',
        confirmReapplication: true,
      }),
    ]);
  });

  it('numbers the records, and tells the lines of the file', async () => {
    const rows = await csv(`${HEADING}\n\n"3",a\n"1\n2",b,c,d,e,f\n1,b,c,d,e,f,,\n1,b,c,d,e,f,g\n`);
    expect(rows.map(({ number, line, unreadable }) => [number, line, unreadable?.code])).toEqual([
      [1, 3, 'COLUMN_COUNT'],
      [2, 5, undefined],
      [3, 6, undefined],
      [4, 7, 'COLUMN_COUNT'],
    ]);
  });

  it('says which field its encoding does not hold', async () => {
    const [row] = await csv(`${HEADING}\n1,\uFFFD,c,d,e,f\n`);
    expect(row?.unreadable).toEqual({ field: 'name', code: 'UNDECODABLE_CHARACTER' });
  });

  it('takes an empty field for none, and leaves what is no value as it is', async () => {
    const [row] = await csv(
      `${HEADING},reference,confirmReapplication\n1,n,2,c,v,2026/13/45,,maybe\n`,
    );
    expect(row?.value).toEqual({
      ...{ certNo: '1', name: 'n', mobile: '2' },
      consent: { reference: 'c', textVersion: 'v', grantedAt: '2026/13/45' },
      confirmReapplication: 'maybe',
    });
  });

  it('refuses a heading without repeating it', async () => {
    const failure = await failureOf(csv(`${FIELDS}\n${FIELDS}\n`));
    expect(failure.details).toEqual([
      ...['column 1 is not known', 'column 2 is not known', 'column 3 is not known'],
      ...['column 4 is not known', 'column 5 is not known', 'column 6 is not known'],
      'missing: certNo, name, mobile, consentReference, consentTextVersion, consentGrantedAt',
    ]);
    const mistyped = await failureOf(csv(`${HEADING.replace('mobile', 'mobil')},certNo\n`));
    expect(mistyped.details).toEqual([
      'column 3 is not known; perhaps mobile is meant',
      'column 7 is certNo once more',
      'missing: mobile',
    ]);
  });

  it('refuses what stops to be CSV, without a word of it', async () => {
    const unclosed = await failureOf(csv(`${HEADING}\n${FIELDS}\n"1,b\n${FIELDS}`));
    expect(unclosed.message).toBe('The file is not CSV from line 4 on (CSV_QUOTE_NOT_CLOSED).');
    const endless = await failureOf(csv(`${HEADING}\n"${'x'.repeat(20_000)}`, true, 1000));
    expect(endless.message).toBe('The file is not CSV from line 2 on (CSV_MAX_RECORD_SIZE).');
  });
});

describe('readJsonlRows', () => {
  it('numbers the records, and leaves blank lines out', async () => {
    expect(await jsonl('\n{"a":1}\r\n  \n[2]\n3')).toEqual([
      { number: 1, line: 2, value: { a: 1 } },
      { number: 2, line: 4, value: [2] },
      { number: 3, line: 5, value: 3 },
    ]);
  });

  it('tells what is unreadable, and reads on', async () => {
    const text = `{"a":\n"\uFFFD"\n${'x'.repeat(100_000)}\n1`;
    const rows = await jsonl(text, 1000);
    expect(rows.map(({ unreadable }) => unreadable?.code)).toEqual([
      'NOT_JSON',
      'UNDECODABLE_CHARACTER',
      'LINE_TOO_LONG',
      undefined,
    ]);
  });
});

describe('checkRow', () => {
  it('writes an application always in the same way', () => {
    const consent = {
      grantedAt: '2026-11-24 16:00:00+08:00',
      textVersion: '2026-01',
      reference: 'c-1',
    };
    const { mobile, certNo, name } = PERSON;
    const row = checkRow(rowOf({ consent, reference: 'crm-1', mobile, name, certNo }), false);
    expect(row).toEqual({
      number: 1,
      line: 2,
      json: JSON.stringify({ ...APPLICATION, reference: 'crm-1' }),
      issues: [],
      warnings: [{ field: 'certNo', code: 'CERT_NO_CHECK_DIGIT', message: expect.any(String) }],
    });
  });

  it.each([
    [[1], ['line INVALID_TYPE']],
    [
      {},
      [
        'certNo CERT_NO_IS_NULL',
        'name NAME_IS_NULL',
        'mobile MOBILE_IS_NULL',
        'consent.reference REQUIRED',
        'consent.textVersion REQUIRED',
        'consent.grantedAt REQUIRED',
      ],
    ],
    [{ ...APPLICATION, mobile: '1'.repeat(17) }, ['mobile MOBILE_TOO_LONG']],
    [{ ...APPLICATION, mobile: '135\t88' }, ['mobile CONTROL_CHARACTER']],
    [{ ...APPLICATION, reference: 'x'.repeat(129) }, ['reference TOO_LONG']],
    [{ ...APPLICATION, reference: 'a\nb' }, ['reference CONTROL_CHARACTER']],
    [{ ...APPLICATION, reference: 'of 张三' }, ['reference PERSONAL_DATA']],
    [
      { ...APPLICATION, 张三: 1, x13588111111: 1 },
      ['(unnamed) UNKNOWN_FIELD', 'x135****1111 UNKNOWN_FIELD'],
    ],
  ])('says of %j what is wrong', (value, expected) => {
    const { json, issues } = checkRow(rowOf(value), true);
    expect(json).toBeNull();
    expect(issues.map(({ field, code }) => `${field} ${code}`)).toEqual(expected);
  });
});
