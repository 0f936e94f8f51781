import type { CliContext } from './context.js';
import type { Column } from './layout.js';
import { styleFor } from './style.js';
import { systemCode } from './error-shape.js';
import type { RowLayout, View, ViewOptions } from './view.js';

/** How a list of results looks. */
export interface ListDefinition<Row> {
  /** What `--json` prints for each. Default: the row itself. */
  readonly json?: (row: Row) => object;
  readonly columns: (view: View) => readonly Column<Row>[];
  /** What people read where there is nothing. */
  readonly empty: string;
}

/** A list that may come page by page. */
interface List<Row> {
  add(rows: readonly Row[]): Promise<void>;
  /** To be called once, after the last page. */
  end(): Promise<void>;
}

/** The one way to the outside: results on stdout, everything else on stderr. */
export interface Output {
  /** Whether results are lines of JSON. */
  readonly json: boolean;
  /** Writes one result: a line of JSON with `--json`, else lines for people. */
  result(value: object, lines: (view: View) => readonly string[]): Promise<void>;
  /** Begins a list: a line of JSON a row, a table on a terminal, values parted by tabs in a pipe. */
  list<Row extends object>(definition: ListDefinition<Row>): List<Row>;
  /** With `--json`, the line in a result's place where there is none; a closed stdout changes nothing then. */
  failure(value: object): Promise<void>;
  /** Text that is a result as it stands, such as `--help`. */
  text(text: string): Promise<void>;
  note(text: string): Promise<void>;
  warn(text: string): Promise<void>;
  error(text: string, details?: readonly string[], nextStep?: string): Promise<void>;
}

/** A result could not be written: a closed pipe, a full disk. `code` is the system's, such as `EPIPE`. */
export class StdoutError extends Error {
  override readonly name = 'StdoutError';
  readonly code: string;

  constructor(cause: Error) {
    const code = systemCode(cause) ?? 'EIO';
    super(`The result could not be written to stdout (${code}).`, { cause });
    this.code = code;
  }
}

/** Columns of a terminal that does not tell. */
const USUAL_WIDTH = 80;

export function createOutput(
  context: CliContext,
  { json, utc = false }: { json: boolean; utc?: boolean },
): Output {
  const { stdout } = context;
  const errStyle = styleFor(context.stderr, context.env);
  const viewOptions: ViewOptions = {
    style: styleFor(stdout, context.env),
    width: stdout.isTTY === true ? (stdout.columns ?? USUAL_WIDTH) : null,
    utc,
  };

  const out = (text: string) =>
    new Promise<void>((resolve, reject) => {
      stdout.write(text, (error) => {
        if (error) reject(new StdoutError(error));
        else resolve();
      });
    });
  // Whoever closed stderr does not want the message; the exit status still tells.
  const err = (text: string) =>
    new Promise<void>((resolve) => {
      context.stderr.write(`${text}\n`, () => {
        resolve();
      });
    });
  const note = (text: string) => err(text);
  const print = (lines: readonly string[]) => out(lines.map((line) => `${line}\n`).join(''));

  return {
    json,
    result: async (value, lines) => {
      if (json) return print([JSON.stringify(value)]);
      // Only where it is needed: `--version` and completion lay nothing out.
      const { createView } = await import('./view.js');
      return print(lines(createView(viewOptions)));
    },
    list: <Row extends object>(definition: ListDefinition<Row>): List<Row> => {
      const { json: jsonOf = (row: Row) => row } = definition;
      let layout: RowLayout<Row> | null = null;
      let count = 0;
      return {
        add: async (rows) => {
          if (rows.length === 0) return;
          count += rows.length;
          if (json) return print(rows.map((row) => JSON.stringify(jsonOf(row))));
          const { createRowLayout, createView } = await import('./view.js');
          layout ??= createRowLayout(definition.columns(createView(viewOptions)), viewOptions);
          return print(layout.lines(rows));
        },
        end: async () => {
          if (count === 0) await note(definition.empty);
          const { omitted } = layout ?? { omitted: [] };
          if (omitted.length === 0) return;
          await note(`Too narrow for ${omitted.join(', ')}; --json has everything.`);
        },
      };
    },
    failure: async (value) => {
      if (json) await print([JSON.stringify(value)]).catch(() => undefined);
    },
    text: out,
    note,
    warn: (text) => err(`${errStyle.yellow('warning:')} ${text}`),
    error: (text, details = [], nextStep) =>
      err(
        [
          `${errStyle.red('error:')} ${text}`,
          ...details.map((detail) => `  ${detail}`),
          ...(nextStep === undefined ? [] : [`${errStyle.cyan('next:')}  ${nextStep}`]),
        ].join('\n'),
      ),
  };
}
