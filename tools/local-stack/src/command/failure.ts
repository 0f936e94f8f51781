import { readTail } from '../folders/logs.js';
import { messageOf, StackError } from '../stack-error.js';

const TAIL_LINES = 20;

/** Says why a start failed, what to do next, and what the log says. */
export async function describeFailure(error: unknown): Promise<string> {
  if (!(error instanceof StackError)) {
    return indent(error instanceof Error && error.stack ? error.stack : messageOf(error));
  }
  const parts = [error.message, `Next: ${error.nextStep}`];
  if (error.logFile !== undefined) {
    const tail = await readTail(error.logFile, TAIL_LINES);
    parts.push(`Log: ${error.logFile}${tail ? `, which ends with\n${indent(tail)}` : ''}`);
  }
  return indent(parts.join('\n'));
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
