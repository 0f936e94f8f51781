import type { AuditKeys } from './audit-keys.js';
import type { AuditFaultKind, AuditReport, SealAnchor } from './audit-report.js';
import type { AuditRecord } from './audit-record.entity.js';
import type { AuditSeal, TrailEntry } from './audit-seal.js';

/** An event with its place and code. */
export type AuditedEvent = AuditRecord & TrailEntry;

/**
 * Compares a trail with its seals, reading both once in their order and keeping nothing of them.
 *
 * @param seals by number
 * @param events by position, then id
 * @param anchor a seal that must still be there
 */
export async function verifyTrail(
  seals: AsyncIterable<AuditSeal>,
  events: AsyncIterable<AuditedEvent>,
  keys: AuditKeys,
  anchor?: SealAnchor,
): Promise<AuditReport> {
  const report = new ReportWriter(anchor);
  const entries = events[Symbol.asyncIterator]();
  let entry = await entries.next();
  let previous: AuditSeal | null = null;
  for await (const seal of seals) {
    const expected: number = (previous?.number ?? 0) + 1;
    if (seal.number !== expected) report.fault('seal-missing', expected);
    const digest = keys.beginSeal(seal, previous?.digest ?? null);
    let found = 0;
    while (!entry.done && BigInt(entry.value.position) < BigInt(seal.toPosition)) {
      found += 1;
      report.event(entry.value, keys, seal.number);
      digest.update(entry.value.mac);
      entry = await entries.next();
    }
    if (found < seal.events) report.fault('events-removed', seal.number);
    else if (found > seal.events) report.fault('events-added', seal.number);
    else if (!digest.digest().equals(seal.digest)) report.fault('seal-not-genuine', seal.number);
    report.seal(seal);
    previous = seal;
  }
  for (; !entry.done; entry = await entries.next()) report.event(entry.value, keys, null);
  return report.finish();
}

class ReportWriter {
  readonly #anchor: SealAnchor | undefined;
  readonly #report: AuditReport = {
    verified: true,
    seals: 0,
    events: 0,
    unsealedEvents: 0,
    faults: 0,
    firstFault: null,
    head: null,
  };
  #anchored: boolean;

  constructor(anchor: SealAnchor | undefined) {
    this.#anchor = anchor;
    this.#anchored = anchor === undefined;
  }

  fault(kind: AuditFaultKind, seal: number | null, eventId: string | null = null): void {
    this.#report.verified = false;
    this.#report.faults += 1;
    this.#report.firstFault ??= { kind, seal, eventId };
  }

  event(event: AuditedEvent, keys: AuditKeys, seal: number | null): void {
    this.#report.events += 1;
    if (seal === null) this.#report.unsealedEvents += 1;
    if (!keys.eventMac(event).equals(event.mac)) this.fault('event-not-genuine', seal, event.id);
  }

  seal({ number, digest }: AuditSeal): void {
    this.#report.seals += 1;
    this.#report.head = { seal: number, digest: digest.toString('hex') };
    this.#anchored ||=
      this.#anchor?.seal === number && this.#anchor.digest === digest.toString('hex');
  }

  finish(): AuditReport {
    if (!this.#anchored) this.fault('anchor-missing', this.#anchor?.seal ?? null);
    return this.#report;
  }
}
