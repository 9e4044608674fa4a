import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { Consent, ConsentPurpose } from './consent.type';

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
