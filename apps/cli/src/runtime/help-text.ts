/** Columns of a line of help. */
const WIDTH = 115;

/** `Title: one, two, three.` for a help text, in lines. */
export function listOf(title: string, names: readonly string[]): string {
  const [first = '', ...others] = names;
  return `${inLines([`${title}: ${first}`, ...others], ', ')}.`;
}

/** `With --json: {"one","two"}` for a help text, in lines. */
export function jsonShape(intro: string, members: readonly string[]): string {
  const [first = '', ...others] = members.map((name) => `"${name}"`);
  return `${inLines([`${intro}: {${first}`, ...others], ',')}}`;
}

function inLines(parts: readonly string[], separator: string): string {
  return parts.reduce((text, part) => {
    const line = text.slice(text.lastIndexOf('\n') + 1);
    const fits = line.length + separator.length + part.length < WIDTH;
    return `${text}${fits ? separator : `${separator.trimEnd()}\n`}${part}`;
  });
}
