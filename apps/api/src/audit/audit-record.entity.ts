import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An event as it is stored. */
@Entity({ name: 'audit_events' })
export class AuditRecord {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  @Column({ type: 'text' })
  action!: string;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ name: 'api_key_id', type: 'uuid', nullable: true })
  apiKeyId!: string | null;

  @Column({ name: 'client_id', type: 'uuid', nullable: true })
  clientId!: string | null;

  @Column({ name: 'authorization_id', type: 'uuid', nullable: true })
  authorizationId!: string | null;

  @Column({ name: 'request_id', type: 'text', nullable: true })
  requestId!: string | null;

  @Column({ name: 'outcome_class', type: 'text', nullable: true })
  outcomeClass!: string | null;

  @Column({ name: 'sub_code', type: 'text', nullable: true })
  subCode!: string | null;

  @Column({ type: 'jsonb' })
  details!: Readonly<Record<string, unknown>>;
}
