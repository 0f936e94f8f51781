import { describe, expect, it } from '@jest/globals';
import { LineSplitter } from './line-splitter.js';

const KIB_16 = 16 * 1024;

/** The lines of a text that arrives in pieces of so many bytes, with their faults. */
function split(text: string | Buffer, quotes: boolean, size = Infinity): string[] {
  const splitter = new LineSplitter({ quotes });
  const bytes = Buffer.from(text);
  const lines = [];
  for (let at = 0; at < bytes.length; at += size) {
    lines.push(...splitter.push(bytes.subarray(at, at + Math.min(size, bytes.length))));
  }
  lines.push(...splitter.end());
  return lines.map(({ bytes: line, fault }) => (fault ? `${fault} ${String(line)}` : String(line)));
}

describe('LineSplitter', () => {
  const long = 'x'.repeat(KIB_16);

  it.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['lines', 'a\nb\n', ['a', 'b']],
    ['a last line without an end', 'a\nb', ['a', 'b']],
    ['ends of DOS', 'a\r\nb\r\n', ['a', 'b']],
    ['no blank lines', '\n \t\n\r\na\n\n', ['a']],
    ['no byte order mark', '\ufeffa\n\ufeffb', ['a', '\ufeffb']],
    ['nothing but a byte order mark', '\ufeff', []],
    ['quotes like anything else', '"a\nb"\n', ['"a', 'b"']],
    ['Chinese', '张三\n李四', ['张三', '李四']],
    ['a line of 16 KiB', `${long}\nb`, [long, 'b']],
    ['a longer line cut short', `a\n${long}xyz\nb\n`, ['a', `LINE_TOO_LONG ${long}`, 'b']],
    ['a longer last line', `${long}xyz`, [`LINE_TOO_LONG ${long}`]],
    [
      'a longer line that begins blank',
      `${' '.repeat(KIB_16)}x\nb`,
      [`LINE_TOO_LONG ${' '.repeat(KIB_16)}`, 'b'],
    ],
  ])('gives %s', (_what, text, lines) => {
    expect(split(text, false)).toEqual(lines);
  });

  it.each<[string, string, string[]]>([
    ['line ends inside of quotes', 'a,"b\nc"\nd', ['a,"b\nc"', 'd']],
    ['line ends of DOS inside of quotes', 'a,"b\r\nc"\r\nd', ['a,"b\r\nc"', 'd']],
    ['quotes inside of quotes', '"a""\n""",b\nc', ['"a""\n""",b', 'c']],
    ['quotes in the middle of a field', 'a"b\nc', ['a"b', 'c']],
    ['empty quotes', '"",""\na', ['"",""', 'a']],
    [
      'a quote that is not closed, alone',
      'a\n"b,c\nd\ne\n',
      ['a', 'QUOTE_NOT_CLOSED "b,c', 'd', 'e'],
    ],
    ['a quote that is not closed on the last line', 'a\n"b', ['a', 'QUOTE_NOT_CLOSED "b']],
    [
      'a quote that is not closed before much',
      `"a\n${'b\n'.repeat(KIB_16)}`,
      ['QUOTE_NOT_CLOSED "a', ...Array.from({ length: KIB_16 }, () => 'b')],
    ],
    ['a quoted line that is too long', `"${long}"\nb`, [`LINE_TOO_LONG "${long.slice(1)}`, 'b']],
  ])('of CSV gives %s', (_what, text, lines) => {
    expect(split(text, true)).toEqual(lines);
  });

  it('gives the same whatever pieces it gets', () => {
    const parts = ['"', '""', ',', '\n', '\r\n', 'a', '张', ' ', 'x'.repeat(6_000), '\ufeff'];
    for (let run = 0; run < 300; run += 1) {
      const length = Math.ceil(Math.random() * 30);
      const pick = () => parts[Math.floor(Math.random() * parts.length)]!;
      const text = Array.from({ length }, pick).join('');
      const whole = [split(text, true), split(text, false)];
      const size = 1 + Math.floor(Math.random() * 50);
      expect([text, size, split(text, true, size), split(text, false, size)]).toEqual([
        ...[text, size],
        ...whole,
      ]);
    }
  });
});
