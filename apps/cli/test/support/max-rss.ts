/**
 * For `NODE_OPTIONS`: makes a program say at its end how much memory it ever had, as the last line of its stderr. By
 * `resourceUsage` it would be told what whoever started it had.
 */
export const TELLS_MAX_RSS = `--import=data:text/javascript,${encodeURIComponent(
  "import{readFileSync,writeSync}from'node:fs';process.on('exit',()=>writeSync(2,/VmHWM:.*\\n/.exec(readFileSync('/proc/self/status','utf8'))[0]))",
)}`;

/** What it said, in MB. */
export function maxRssIn(stderr: string): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(stderr)?.[1]) / 1024;
}
