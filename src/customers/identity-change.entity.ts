import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type {
  IdentityChange,
  identityChanges,
  IdentityKind,
  IdentityLevel,
  identitySources,
} from './identity.type';

/** Written by the database itself, whenever a row of `brand_identities` is. */
@TypeName('IdentityChange')
@Entity('identity_history')
export class IdentityChangeEntity implements IdentityChange {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'text', name: 'kind' })
  kind!: IdentityKind;

  @Column({ type: 'text', name: 'value' })
  value!: string;

  @Column({ type: 'text', name: 'change' })
  change!: keyof typeof identityChanges;

  @Column({ type: 'text', name: 'level' })
  level!: IdentityLevel;

  @Column({ type: 'text', name: 'source' })
  source!: keyof typeof identitySources;

  /** The merge that moved it, or whose undoing gave it back. */
  @Column({ type: 'uuid', name: 'merge_id', nullable: true })
  mergeUuid!: string | null;

  @Column({ type: 'timestamptz', name: 'happened_at' })
  happenedAt!: Date;
}
