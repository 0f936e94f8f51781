export type Fields = readonly (readonly [label: string, value: string | null])[];

/** Lines of `label  value` with the values in one column. A null value reads `-`. */
export function alignFields(fields: Fields, styleLabel: (text: string) => string): string[] {
  const width = Math.max(0, ...fields.map(([label]) => label.length));
  return fields.map(([label, value]) => `${styleLabel(label.padEnd(width))}  ${value ?? '-'}`);
}

/** A table with a heading row; the last column is left as long as it is. */
export function alignRows(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  styleHeading: (text: string) => string,
): string[] {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column < headings.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell,
      )
      .join('  ');
  return [styleHeading(line(headings)), ...rows.map(line)];
}
