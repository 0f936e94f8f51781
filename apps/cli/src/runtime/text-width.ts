import stringWidth from 'string-width';

/** Text in at most so many columns of a terminal, in which a Chinese character takes two. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Text in lines of at most so many columns, parted at spaces and between Chinese characters. */
export function wrap(text: string, width: number): string[] {
  const pieces = text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/gu) ?? [];
  const lines = [''];
  for (const piece of pieces) {
    const line = lines.at(-1) ?? '';
    if (line === '' || stringWidth(line + piece.trimEnd()) <= width)
      lines[lines.length - 1] = line + piece;
    else lines.push(piece.trimStart());
  }
  return lines.map((line) => line.trimEnd());
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

const UNSAFE = /([\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069])(\[\d+m)?/gu;

/** One line of text: what another side sent must neither break the line nor steer the terminal. */
export function shown(value: string | null): string {
  if (value === null) return '-';
  return value.replace(UNSAFE, (found, character: string, colour = '') => {
    if (character === '\u001b' && colour !== '') return found;
    return `${/\s/.test(character) ? ' ' : '\uFFFD'}${colour}`;
  });
}
