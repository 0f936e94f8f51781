/** How far a batch is. */
export const BATCH_STATUSES = ['receiving', 'running', 'paused', 'completed', 'cancelled'] as const;

export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** Why a batch is paused: somebody asked for it, or each further line would fail as the last one did. */
export const PAUSE_REASONS = ['requested', 'gateway-refused'] as const;

export type PauseReason = (typeof PAUSE_REASONS)[number];

/** How a line of a batch ended; an authorisation's own statuses tell what became of the application. */
export const ENDED_LINE_STATUSES = [
  'authorized',
  'rejected',
  'failed',
  'unknown',
  'abandoned',
  'erased',
  /** Another application stands in its way, or a limit: nothing was applied for. */
  'refused',
  /** It cannot be read, or is not valid; it has its issues. */
  'invalid',
  'cancelled',
] as const;

export type EndedLineStatus = (typeof ENDED_LINE_STATUSES)[number];

export const LINE_STATUSES = ['waiting', ...ENDED_LINE_STATUSES] as const;

export type LineStatus = (typeof LINE_STATUSES)[number];
