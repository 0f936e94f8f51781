import type { FailureReason, OutcomeClass } from '@zhimaper/alipay-core';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EncryptedCell } from '../crypto/cell.js';
import type { PersonHash, SubjectHash } from '../crypto/hasher.js';
import type { AuthorizationStatus } from './authorization-status.js';
import type { ResolutionOutcome } from './resolution-schema.js';

/** What was unlikely about the person's data but was sent. */
export interface AuthorizationWarning {
  field: string;
  code: string;
}

/** One person's authorisation for one caller: masked forms and hashes of the person, never the data itself. */
@Entity({ name: 'authorizations' })
export class Authorization {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'client_id', type: 'uuid' })
  clientId!: string;

  @Column({ name: 'app_id', type: 'text' })
  appId!: string;

  @Column({ type: 'text' })
  status!: AuthorizationStatus;

  @Column({ type: 'text', nullable: true })
  reference!: string | null;

  @Column({ name: 'cert_type', type: 'text' })
  certType!: string;

  /** Null, as all that points to the person, once it was erased or kept long enough. */
  @Column({ name: 'subject_hash', type: 'bytea', nullable: true })
  subjectHash!: SubjectHash | null;

  @Column({ name: 'person_hash', type: 'bytea', nullable: true })
  personHash!: PersonHash | null;

  @Column({ name: 'hash_version', type: 'smallint' })
  hashVersion!: number;

  @Column({ name: 'cert_no_masked', type: 'text', nullable: true })
  certNoMasked!: string | null;

  @Column({ name: 'name_masked', type: 'text', nullable: true })
  nameMasked!: string | null;

  @Column({ name: 'mobile_masked', type: 'text', nullable: true })
  mobileMasked!: string | null;

  @Column({ name: 'linked_merchant_id', type: 'text', nullable: true })
  linkedMerchantId!: string | null;

  @Column({ name: 'consent_reference', type: 'text' })
  consentReference!: string;

  @Column({ name: 'consent_text_version', type: 'text' })
  consentTextVersion!: string;

  @Column({ name: 'consent_granted_at', type: 'timestamptz' })
  consentGrantedAt!: Date;

  @Column({ type: 'jsonb' })
  warnings!: AuthorizationWarning[];

  /** `permanent`, or null: then the tokens expire at a time that nobody tells. */
  @Column({ name: 'token_type', type: 'text', nullable: true })
  tokenType!: string | null;

  /** What the last application ended in; null while it is under way. */
  @Column({ name: 'outcome_class', type: 'text', nullable: true })
  outcomeClass!: OutcomeClass | null;

  @Column({ name: 'failure_reason', type: 'text', nullable: true })
  failureReason!: FailureReason | 'overdue' | null;

  @Column({ name: 'gateway_code', type: 'text', nullable: true })
  gatewayCode!: string | null;

  @Column({ name: 'gateway_sub_code', type: 'text', nullable: true })
  gatewaySubCode!: string | null;

  /** Alipay's trace id, for its support. */
  @Column({ name: 'gateway_trace_id', type: 'text', nullable: true })
  gatewayTraceId!: string | null;

  @Column({ type: 'text', nullable: true })
  resolution!: ResolutionOutcome | null;

  @Column({ name: 'resolution_note_cell', type: 'bytea', nullable: true })
  resolutionNoteCell!: EncryptedCell | null;

  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true })
  resolvedAt!: Date | null;

  /** When the token pair was last replaced. */
  @Column({ name: 'refreshed_at', type: 'timestamptz', nullable: true })
  refreshedAt!: Date | null;

  /** Why nobody knows whether the token pair still lives; null where nothing is known against it. */
  @Column({ name: 'reauthorization_reason', type: 'text', nullable: true })
  reauthorizationReason!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
