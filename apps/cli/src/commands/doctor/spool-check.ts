import { textMember, type Probed } from '../../net/probe.js';
import { failed, ok, skipped, warning, type Check } from './check.js';

/** Whether outcomes wait for the database: by the api's readiness, and by its metrics where it shows them. */
export function spoolCheck(ready: unknown, metrics: Probed): Check {
  const state = textMember(ready, 'spool');
  if (state === 'failing') {
    return failed(
      'spool',
      'outcomes are in memory alone: neither the database nor the disk takes them',
      'Make room and mend the database before anything else; do not stop the service.',
    );
  }
  if (state !== 'writable') return skipped('spool', 'The api cannot tell.');
  const waiting = countIn(metrics, 'waiting');
  const aside = countIn(metrics, 'aside');
  if (waiting === null || aside === null) {
    return ok(
      'spool',
      'no outcome is kept in memory alone; the api shows no metrics that tell more',
    );
  }
  if (aside > 0) {
    return warning(
      'spool',
      `${aside} outcomes were set aside: they cannot be read, or belong to another database`,
      'See the log of the service and the keys in ENCRYPTION_KEYS; it tries them again at each start.',
    );
  }
  if (waiting > 0) {
    return warning(
      'spool',
      `${waiting} outcomes wait for the database`,
      'See that the database is up: the service stores them by itself then.',
    );
  }
  return ok('spool', 'no outcome waits for the database');
}

/** A gauge in Prometheus' text format. */
function countIn(metrics: Probed, state: string): number | null {
  if (!metrics.reached || metrics.status !== 200) return null;
  const line = new RegExp(`^zhimaper_spool_entries\\{state="${state}"\\} (\\d+)$`, 'm');
  const [, count] = line.exec(metrics.text) ?? [];
  return count === undefined ? null : Number(count);
}
