import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { Consent, ConsentChange, ConsentPurpose, Teller } from './consent.type';

@TypeName('Consent')
@Entity('consents')
export class ConsentEntity implements Consent {
  @PrimaryColumn({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @PrimaryColumn({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @PrimaryColumn({ type: 'text', name: 'purpose' })
  purpose!: ConsentPurpose;

  @Column({ type: 'boolean', name: 'granted' })
  granted!: boolean;

  @Column({ type: 'timestamptz', name: 'recorded_at' })
  recordedAt!: Date;
}

/** `givenAt` is the teller's claim, `recordedAt` is ours. */
@TypeName('ConsentChange')
@Entity('consent_receipts')
export class ConsentChangeEntity implements ConsentChange {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'text', name: 'purpose' })
  purpose!: ConsentPurpose;

  @Column({ type: 'boolean', name: 'granted' })
  granted!: boolean;

  @Column({ type: 'text', name: 'told_by' })
  toldBy!: Teller;

  @Column({ type: 'text', name: 'source', nullable: true })
  source!: string | null;

  @Column({ type: 'timestamptz', name: 'given_at' })
  givenAt!: Date;

  @Column({ type: 'timestamptz', name: 'recorded_at' })
  recordedAt!: Date;
}
