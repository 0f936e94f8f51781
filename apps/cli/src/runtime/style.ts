import pc from 'picocolors';
import type { CliContext, TextSink } from './context.js';

/** Colouring functions; on a pipe, with `NO_COLOR` or on a dumb terminal they return the text as it is. */
export type Style = ReturnType<typeof pc.createColors>;

export function styleFor(sink: TextSink, env: CliContext['env']): Style {
  return pc.createColors(sink.isTTY === true && !env['NO_COLOR'] && !isDumb(env));
}

/** A terminal without cursor movements and colours, such as an editor's. */
export function isDumb(env: CliContext['env']): boolean {
  return env['TERM'] === 'dumb';
}
