/** Which events a seal is for: those from one position to another, the latter excluded. */
export interface SealedRange {
  /** 1, 2, 3 and so on, without a gap. */
  number: number;
  /** A 64-bit number in decimal. */
  fromPosition: string;
  toPosition: string;
  events: number;
  sealedAt: Date;
}

/** A seal as it is stored: its digest covers its events, its range and the seal before. */
export interface AuditSeal extends SealedRange {
  digest: Buffer;
}

/** An event's place in the trail, and the code that it carries. */
export interface TrailEntry {
  position: string;
  id: string;
  mac: Buffer;
}
