/** Columns of a line of help. */
const WIDTH = 110;

/** `Title: one, two, three.` for a help text, in lines. */
export function listOf(title: string, names: readonly string[]): string {
  const words = [
    `${title}:`,
    ...names.map((name, at) => name + (at < names.length - 1 ? ',' : '.')),
  ];
  return words.reduce((text, word) => {
    const line = text.slice(text.lastIndexOf('\n') + 1);
    return `${text}${line.length + 1 + word.length > WIDTH ? '\n' : ' '}${word}`;
  });
}
