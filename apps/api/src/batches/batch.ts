import type { BatchStatus, EndedLineStatus, PauseReason } from './batch-status.js';

/** A batch as it stands. */
export interface Batch {
  id: string;
  status: BatchStatus;
  pauseReason: PauseReason | null;
  lineCount: number;
  /** How many lines ended in which way; those that are missing none did. */
  ended: Partial<Record<EndedLineStatus, number>>;
  /** Until when no line is applied for. */
  notBefore: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** When the last line was received; null while they are. */
  receivedAt: Date | null;
  endedAt: Date | null;
}
