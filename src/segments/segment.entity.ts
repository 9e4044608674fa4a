import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { CustomerCondition } from './filter/customer-condition.input';
import type { Facet } from './filter/filter-kind';
import { segmentId } from './segment.id';
import type { Segment } from './segment.type';

/** Columns of the segments table. */
export interface SegmentRow {
  id: string;
  brand_id: string;
  name: string;
  description: string | null;
  condition: CustomerCondition;
  facets: Facet[];
  moves: boolean;
  version: number;
  members: number;
  /** Everybody up to this customer has been judged; null when nobody is being judged. */
  reached: string | null;
  /** Whether this is the first judging under the condition, of which nobody is told. */
  filling: boolean;
  due_at: Date | null;
  judged_at: Date | null;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
}

/** Customers who meet a condition, by a name. */
@TypeName('Segment')
@Entity('segments')
export class SegmentEntity implements Segment {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'text', name: 'description', nullable: true })
  description!: string | null;

  @Column({ type: 'jsonb', name: 'condition' })
  condition!: Record<string, unknown>;

  @Column({ type: 'integer', name: 'version' })
  version!: number;

  @Column({ type: 'bigint', name: 'members' })
  memberCount!: number;

  @Column({ type: 'boolean', name: 'filling' })
  filling!: boolean;

  @Column({ type: 'timestamptz', name: 'judged_at', nullable: true })
  judgedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;

  get id(): string {
    return segmentId.encode(this.uuid);
  }
}
