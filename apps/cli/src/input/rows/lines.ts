/** Parts text into lines, of each of which at most so many characters are kept; those that each piece ends. */
export async function* linesOf(
  pieces: AsyncIterable<string>,
  longest: number,
): AsyncGenerator<string[], void, undefined> {
  let open = '';
  for await (const piece of pieces) {
    const lines = piece.split('\n').map((line) => line.slice(0, longest));
    lines[0] = (open + (lines[0] ?? '')).slice(0, longest);
    open = lines.pop() ?? '';
    yield lines;
  }
  if (open !== '') yield [open];
}
