import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { velvetArrivalId, velvetMemberId, velvetPerkId } from './velvet.id';
import type {
  PerkKind,
  VelvetArrival,
  VelvetMember,
  VelvetPerk,
  VelvetStatus,
} from './velvet.type';

/** Columns of the velvet_members table. */
export interface MemberRow {
  id: string;
  brand_id: string;
  customer_id: string;
  status: VelvetStatus;
  invited_at: Date;
  accepted_at: Date | null;
  revoked_at: Date | null;
}

/** Columns of the velvet_perks table. */
export interface PerkRow {
  id: string;
  brand_id: string;
  customer_id: string;
  kind: PerkKind;
  name: string;
  granted_at: Date;
  redeemed_at: Date | null;
}

/** Columns of the velvet_arrivals table. */
export interface ArrivalRow {
  id: string;
  brand_id: string;
  customer_id: string;
  credential_id: string;
  store_id: string;
  arrived_at: Date;
}

@TypeName('VelvetMember')
@Entity('velvet_members')
export class VelvetMemberEntity implements VelvetMember {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'text', name: 'status' })
  status!: VelvetStatus;

  @Column({ type: 'timestamptz', name: 'invited_at' })
  invitedAt!: Date;

  @Column({ type: 'timestamptz', name: 'accepted_at', nullable: true })
  since!: Date | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  get id(): string {
    return velvetMemberId.encode(this.uuid);
  }
}

@TypeName('VelvetPerk')
@Entity('velvet_perks')
export class VelvetPerkEntity implements VelvetPerk {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'text', name: 'kind' })
  kind!: PerkKind;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'timestamptz', name: 'granted_at' })
  grantedAt!: Date;

  @Column({ type: 'timestamptz', name: 'redeemed_at', nullable: true })
  redeemedAt!: Date | null;

  get id(): string {
    return velvetPerkId.encode(this.uuid);
  }
}

@TypeName('VelvetArrival')
@Entity('velvet_arrivals')
export class VelvetArrivalEntity implements VelvetArrival {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'text', name: 'store_id' })
  storeId!: string;

  @Column({ type: 'timestamptz', name: 'arrived_at' })
  arrivedAt!: Date;

  get id(): string {
    return velvetArrivalId.encode(this.uuid);
  }
}
