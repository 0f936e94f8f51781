const INTERVAL_MS = 500;

/**
 * Calls back when npm, which started us, has ended: by force it passes no signal on.
 *
 * A shell's end means nothing, since what runs in its background is meant to stay.
 */
export function watchParent(
  env: Readonly<Record<string, string | undefined>>,
  onGone: () => void,
): void {
  if (env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, INTERVAL_MS);
  timer.unref();
}
