import type { Command } from 'commander';
import { wholeNumber } from '../runtime/options.js';

/** Gives a list's command the options of every list. */
export function addListOptions(command: Command): Command {
  return command
    .option('--all', 'every page, not only the first')
    .option('--limit <n>', 'entries a page, 1 to 200 (default: 50)', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'where to go on, as the page before said');
}
