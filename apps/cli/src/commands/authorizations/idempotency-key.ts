import { createHmac } from 'node:crypto';
import type { Application } from '../../input/check-application.js';

/**
 * The key under which the same application always goes, so that a second try continues the first instead of sending
 * another SMS; the consent is part of it, so that a new consent is a new application.
 *
 * Keyed with the API key: a plain hash would let whoever sees the key try out ID numbers against it.
 */
export function deriveIdempotencyKey(apiKey: string, application: Application): string {
  const { certType, certNo, name, mobile, linkedMerchantId, reference, consent } = application;
  const parts = [
    ...[certType, certNo, name, mobile, linkedMerchantId ?? null, reference ?? null],
    ...[consent.reference, consent.textVersion, consent.grantedAt],
    application.confirmReapplication ?? false,
  ];
  const digest = createHmac('sha256', apiKey).update(`zhimaper apply 1\n${JSON.stringify(parts)}`);
  return `cli-${digest.digest('base64url')}`;
}
