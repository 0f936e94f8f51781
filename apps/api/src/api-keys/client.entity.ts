import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A caller (tenant): authorisations belong to it, and only its own keys see them. */
@Entity({ name: 'clients' })
export class Client {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
