import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { Identity, IdentityKind, IdentityLevel } from './identity.type';

/** What one brand was told; the directory over all brands has no entity, for nobody reads it. */
@TypeName('Identity')
@Entity('brand_identities')
export class IdentityEntity implements Identity {
  @PrimaryColumn({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @PrimaryColumn({ type: 'text', name: 'kind' })
  kind!: IdentityKind;

  @PrimaryColumn({ type: 'text', name: 'value' })
  value!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'timestamptz', name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'proven_at', nullable: true })
  provenAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  get level(): IdentityLevel {
    if (this.provenAt !== null) return 'PROVEN';
    return this.confirmedAt === null ? 'CLAIMED' : 'CONFIRMED';
  }
}
