import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../../errors/problem-error.js';
import { CSV_COLUMNS } from './csv-columns.js';
import { readCsvHeader, readCsvLines } from './read-csv.js';

const line = (text: string | Buffer) => ({ bytes: Buffer.from(text), fault: null });

function headerIssues(text: string | Buffer): string[] {
  try {
    return readCsvHeader(line(text));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return (error.members.issues ?? []).map(
      ({ field, code, message }) => `${field} ${code} ${message}`,
    );
  }
}

describe('readCsvHeader', () => {
  it('takes the columns in any order, with space around them', () => {
    const reversed = [...CSV_COLUMNS].reverse();
    expect(headerIssues(reversed.join(' , '))).toEqual(reversed);
  });

  it('names the place of a column that it does not know, never what stands there', () => {
    const text = `张三,13588111111,${CSV_COLUMNS.join(',')},name`;
    expect(headerIssues(text)).toEqual([
      'header UNKNOWN_COLUMN column 1 is not known',
      'header UNKNOWN_COLUMN column 2 is not known',
      'header REPEATED_COLUMN name stands there twice',
    ]);
  });

  it('names every column that is missing', () => {
    expect(headerIssues('certType,certNo,name,consentReference')).toEqual([
      'header MISSING_COLUMN mobile is missing',
      'header MISSING_COLUMN consentTextVersion is missing',
      'header MISSING_COLUMN consentGrantedAt is missing',
    ]);
  });

  it.each([
    ['a quote in the wrong place', 'certType,"certNo"x'],
    ['another charset', Buffer.from([0xd0, 0xd5, 0xc3, 0xfb])],
  ])('refuses %s', (_what, text) => {
    expect(headerIssues(text)).toEqual(['header NOT_CSV cannot be read']);
  });
});

describe('readCsvLines', () => {
  const columns = ['name', 'certNo', 'consentReference', 'confirmReapplication'] as const;
  const read = (...lines: (string | Buffer)[]) =>
    readCsvLines(columns, lines.map(line)).map((one) => ('value' in one ? one.value : one.fault));

  it('gives bodies of applications, without what is empty', () => {
    expect(read('张三,1,c-1,true', '"李, ""四""\n",,,', 'x,"",c,false', 'x,1,c,yes')).toEqual([
      { name: '张三', certNo: '1', consent: { reference: 'c-1' }, confirmReapplication: true },
      { name: '李, "四"\n', consent: {} },
      { name: 'x', consent: { reference: 'c' }, confirmReapplication: false },
      { name: 'x', certNo: '1', consent: { reference: 'c' }, confirmReapplication: 'yes' },
    ]);
  });

  it('tells what is wrong with a line, and reads the others', () => {
    expect(
      read('a,1,c,', 'a,1', 'a"b,1,c,', '"a"b,1,c,', Buffer.from([0xd5, 0xc5, 0x2c]), 'b,2,d,'),
    ).toEqual([
      { name: 'a', certNo: '1', consent: { reference: 'c' } },
      'COLUMN_COUNT',
      'NOT_CSV',
      'NOT_CSV',
      'NOT_UTF8',
      { name: 'b', certNo: '2', consent: { reference: 'd' } },
    ]);
  });
});
