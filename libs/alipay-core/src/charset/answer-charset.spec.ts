import { describe, expect, it } from '@jest/globals';
import { answerCharset } from './answer-charset.js';
import type { Charset } from './charset.js';
import { decodeText } from './decode-text.js';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('decodeText', () => {
  it.each([
    ['utf-8', 'e5bca0e4b889', '张三'],
    ['gbk', 'd5c5c8fd', '张三'],
    ['gb2312', 'e946', '镕'],
    ['gb18030', '9534b235', '𠮷'],
    ['gb18030', '8431a437', '\uFFFD'],
    ['utf-8', 'efbbbf61', '\uFEFFa'],
    ['utf-8', '', ''],
  ] as const)('reads in %s %s as %p', (charset, hex, text) => {
    expect(decodeText(bytes(hex), charset)).toBe(text);
  });

  it.each([
    ['GBK bytes', 'utf-8', 'd5c5'],
    ['a character cut short', 'utf-8', 'e5bc'],
    ['a surrogate', 'utf-8', 'eda080'],
    ['an overlong form', 'utf-8', 'c0af'],
    ['a lead byte alone', 'gbk', 'd5'],
    ['a byte that leads nothing', 'gbk', 'ff'],
    ['a four-byte form', 'gbk', '9534b235'],
    ['a real U+FFFD beside a malformed byte', 'gb18030', '8431a437ff'],
    ['a four-byte form cut short', 'gb18030', '953461'],
  ] as const)('answers null for %s (%s, %s)', (_, charset, hex) => {
    expect(decodeText(bytes(hex), charset)).toBeNull();
  });
});

describe('answerCharset', () => {
  it.each<[string, Charset, string, Charset]>([
    ['the declared charset', 'gbk', 'd5c5c8fd', 'gbk'],
    ['the declared charset', 'utf-8', 'e5bca0', 'utf-8'],
    ['the declared charset for pure ASCII', 'gb2312', '7b7d', 'gb2312'],
    ['GBK to a utf-8 request as GB18030', 'utf-8', 'd5c5c8fd', 'gb18030'],
    ['UTF-8 to a gbk request where it is not GBK', 'gbk', 'e5bca0', 'utf-8'],
    ['a four-byte form to a gbk request', 'gbk', '9534b235', 'gb18030'],
    ['UTF-8 by its byte order mark', 'gbk', 'efbbbfe5bca0', 'utf-8'],
    ['UTF-8 with its byte order mark', 'utf-8', 'efbbbf7b7d', 'utf-8'],
    ['GB18030 with its byte order mark', 'gb18030', '84319533d5c5', 'gb18030'],
    ['a byte order mark before what is not UTF-8', 'gbk', 'efbbbf7bd5c5', 'gbk'],
    ['GB18030 where the bytes fit nothing', 'utf-8', 'd5c5ff', 'gb18030'],
  ])('tells %s (%s, %s)', (_, declared, hex, charset) => {
    expect(answerCharset(bytes(hex), declared)).toBe(charset);
  });
});
