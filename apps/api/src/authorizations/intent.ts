import {
  maskCertNo,
  maskMobile,
  maskName,
  type InputIssue,
  type ZhimaAuthorizationInput,
} from '@zhimaper/alipay-core';
import {
  SUBJECT_HASH_VERSION,
  type Fingerprint,
  type Hasher,
  type IdempotencyKeyHash,
} from '../crypto/hasher.js';
import type { Application } from './authorization-schemas.js';
import type { Authorization } from './authorization.entity.js';

/** What is committed before a byte leaves: who applies for whom, under which key, in which request. */
export interface Intent {
  authorization: Authorization;
  attemptId: string;
  /** The API key that applies. */
  apiKeyId: string;
  requestId: string;
  /** How long the attempt may take, in milliseconds; then its process is taken for dead. */
  overdueAfterMs: number;
  keyHash: IdempotencyKeyHash;
  fingerprint: Fingerprint;
  /** Whether to apply although the person is authorised already. */
  confirmed: boolean;
}

export interface IntentSource {
  clientId: string;
  apiKeyId: string;
  appId: string;
  requestId: string;
  overdueAfterMs: number;
  idempotencyKey: string;
  application: Application;
  /** The person's data as it will be sent. */
  person: ZhimaAuthorizationInput;
  warnings: readonly InputIssue[];
  at: Date;
}

/** Writes the intent of an application: hashes and masked forms take the place of the person's data. */
export function writeIntent(source: IntentSource, hasher: Hasher, newId: () => string): Intent {
  const { clientId, appId, application, person, warnings, at } = source;
  const linkedMerchantId = person.linkedMerchantId ?? null;
  return {
    attemptId: newId(),
    apiKeyId: source.apiKeyId,
    requestId: source.requestId,
    overdueAfterMs: source.overdueAfterMs,
    keyHash: hasher.idempotencyKey(source.idempotencyKey),
    fingerprint: hasher.fingerprint(application),
    confirmed: application.confirmReapplication === true,
    authorization: {
      id: newId(),
      clientId,
      appId,
      status: 'pending',
      reference: application.reference ?? null,
      certType: person.certType,
      subjectHash: hasher.subject({ ...person, appId, linkedMerchantId }),
      personHash: hasher.person(person),
      hashVersion: SUBJECT_HASH_VERSION,
      certNoMasked: maskCertNo(person.certNo),
      nameMasked: maskName(person.name),
      mobileMasked: maskMobile(person.mobile),
      linkedMerchantId,
      consentReference: application.consent.reference,
      consentTextVersion: application.consent.textVersion,
      consentGrantedAt: application.consent.grantedAt,
      warnings: warnings.map(({ field, code }) => ({ field, code })),
      tokenType: null,
      outcomeClass: null,
      failureReason: null,
      gatewayCode: null,
      gatewaySubCode: null,
      gatewayTraceId: null,
      refreshedAt: null,
      reauthorizationReason: null,
      resolution: null,
      resolutionNoteCell: null,
      resolvedAt: null,
      createdAt: at,
      updatedAt: at,
    },
  };
}
