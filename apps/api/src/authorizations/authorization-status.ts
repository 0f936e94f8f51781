import type { OutcomeClass } from '@zhimaper/alipay-core';

/** Where an authorisation stands. Only `failed` may be tried again: then nothing had happened. */
export const AUTHORIZATION_STATUSES = [
  'pending',
  'authorized',
  'rejected',
  'failed',
  'unknown',
  'abandoned',
  'erased',
] as const;

export type AuthorizationStatus = (typeof AUTHORIZATION_STATUSES)[number];

/** A status that an answer of the gateway, or the lack of one, leads to. */
export type SettledStatus = Exclude<AuthorizationStatus, 'pending' | 'abandoned' | 'erased'>;

const STATUS_BY_OUTCOME: Readonly<Record<OutcomeClass, SettledStatus>> = {
  success: 'authorized',
  'end-user': 'rejected',
  'caller-input': 'rejected',
  'unknown-outcome': 'unknown',
  'not-sent': 'failed',
  'rate-limited': 'failed',
  token: 'failed',
  'caller-config': 'failed',
  permission: 'failed',
};

/** The status of an authorisation whose application ended in this outcome. */
export function statusAfter(outcome: OutcomeClass): SettledStatus {
  return STATUS_BY_OUTCOME[outcome];
}
