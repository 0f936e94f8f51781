import type { StepEvent, StepListener } from '../stack/steps.js';

interface ProgressStyle {
  /** The line of the step that lasts may be overwritten. */
  live: boolean;
  color: boolean;
}

/** What the terminal at the other end can show. */
export function progressStyle(
  isTerminal: boolean,
  env: Readonly<Record<string, string | undefined>>,
): ProgressStyle {
  const live = isTerminal && env['TERM'] !== 'dumb';
  return { live, color: live && !env['NO_COLOR'] };
}

/** Shows each step with the time that it took, as one line. */
export function showProgress(write: (text: string) => void, style: ProgressStyle): StepListener {
  return (event) => {
    const line = lineOf(event, style);
    if (event.state === 'started') {
      if (style.live) write(line);
    } else {
      write(`${style.live ? '\r\x1b[K' : ''}${line}\n`);
    }
  };
}

function lineOf(event: StepEvent, { color }: ProgressStyle): string {
  const paint = (code: number, text: string) => (color ? `\x1b[${code}m${text}\x1b[39m` : text);
  switch (event.state) {
    case 'started':
      return `${paint(90, '…')} ${event.title}`;
    case 'done':
      return `${paint(32, '✔')} ${event.title}  ${paint(90, duration(event.seconds))}`;
    case 'failed':
      return `${paint(31, '✖')} ${event.title}  ${paint(90, duration(event.seconds))}`;
  }
}

function duration(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}
