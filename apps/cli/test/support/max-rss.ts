/** For `NODE_OPTIONS`: makes a program say at its end how much memory it ever had, as the last line of its stderr. */
export const TELLS_MAX_RSS = `--import=data:text/javascript,${encodeURIComponent(
  "import{writeSync}from'node:fs';process.on('exit',()=>writeSync(2,`maxRSS ${process.resourceUsage().maxRSS}\\n`))",
)}`;

/** What it said, in MB. */
export function maxRssIn(stderr: string): number {
  return Number(/^maxRSS (\d+)$/m.exec(stderr)?.[1]) / 1024;
}
