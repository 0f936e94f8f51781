/** What was looked at, how it is, and what to do about it. */
export interface Check {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly detail: string;
  readonly nextStep: string | null;
}

export function ok(check: string, detail: string): Check {
  return { check, status: 'ok', detail, nextStep: null };
}

export function warning(check: string, detail: string, nextStep: string): Check {
  return { check, status: 'warning', detail, nextStep };
}

export function failed(check: string, detail: string, nextStep: string): Check {
  return { check, status: 'failed', detail, nextStep };
}

export function skipped(check: string, detail: string): Check {
  return { check, status: 'skipped', detail, nextStep: null };
}
