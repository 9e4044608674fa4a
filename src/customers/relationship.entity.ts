import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { BrandRelationship } from './relationship.type';

@TypeName('BrandRelationship')
@Entity('relationships')
export class RelationshipEntity implements BrandRelationship {
  @PrimaryColumn({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @PrimaryColumn({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'text', name: 'external_id', nullable: true })
  externalId!: string | null;

  /** The address the brand named last. */
  @Column({ type: 'text', name: 'email', nullable: true })
  email!: string | null;

  /** The number the brand named last. */
  @Column({ type: 'text', name: 'phone', nullable: true })
  phone!: string | null;

  @Column({ type: 'jsonb', name: 'traits' })
  traits!: Record<string, unknown>;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;
}
