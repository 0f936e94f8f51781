import { describe, expect, it } from '@jest/globals';
import { maskCertNo, maskMobile, maskName, maskSecret } from './mask.js';

describe('maskName', () => {
  it.each([
    ['张三', '*三'],
    ['欧阳娜娜', '***娜'],
    ['张', '*'],
    ['𠮷田', '*田'],
    ['田𠮷', '*𠮷'],
    ['阿卜杜拉·艾则孜', '*******孜'],
    ['', ''],
  ])('masks %s as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
});

describe('maskCertNo', () => {
  it.each([
    ['330701199901011311', '330***********1311'],
    ['33070119990101131X', '330***********131X'],
    ['330701990101131', '330********1131'],
    ['E12345678', '*********'],
    ['33070199010113', '**************'],
    ['', ''],
  ])('masks %s as %s', (certNo, masked) => {
    expect(maskCertNo(certNo)).toBe(masked);
  });
});

describe('maskMobile', () => {
  it.each([
    ['13588111111', '135****1111'],
    ['+8613588111111', '+86*******1111'],
    ['1358811111', '**********'],
    ['', ''],
  ])('masks %s as %s', (mobile, masked) => {
    expect(maskMobile(mobile)).toBe(masked);
  });
});

describe('maskSecret', () => {
  it('hides even the length, but not that there is none', () => {
    expect(maskSecret('a')).toBe('[redacted]');
    expect(maskSecret('20120823ac6ffaa4d2d84e7384bf983531473993')).toBe('[redacted]');
    expect(maskSecret('')).toBe('');
  });
});
