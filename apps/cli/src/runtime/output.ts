import pc from 'picocolors';
import type { CliContext, TextSink } from './context.js';
import { systemCode } from './system-code.js';

/** Colouring functions; on a pipe, with `NO_COLOR` or on a dumb terminal they return the text as it is. */
export type Style = ReturnType<typeof pc.createColors>;

/** The one way to the outside: results on stdout, everything else on stderr. */
export interface Output {
  /** Writes one result: a line of JSON with `--json`, else the lines made for people. */
  result(value: object, lines: (style: Style) => readonly string[]): Promise<void>;
  /** Writes a list: a line of JSON an entry, or the lines made for people. */
  results(values: readonly object[], lines: (style: Style) => readonly string[]): Promise<void>;
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

export function createOutput(context: CliContext, json: boolean): Output {
  const outStyle = styleFor(context.stdout, context.env);
  const errStyle = styleFor(context.stderr, context.env);

  const out = (text: string) =>
    new Promise<void>((resolve, reject) => {
      context.stdout.write(text, (error) => {
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

  const results: Output['results'] = (values, lines) => {
    const text = json ? values.map((value) => JSON.stringify(value)) : lines(outStyle);
    return out(text.map((line) => `${line}\n`).join(''));
  };

  return {
    result: (value, lines) => results([value], lines),
    results,
    failure: async (value) => {
      if (json) await out(`${JSON.stringify(value)}\n`).catch(() => undefined);
    },
    text: out,
    note: (text) => err(text),
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

function styleFor(sink: TextSink, env: CliContext['env']): Style {
  const wanted = !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return pc.createColors(wanted && sink.isTTY === true);
}
