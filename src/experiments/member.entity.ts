import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ArmName } from '../holdouts';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { ExperimentMember } from './member.type';

/** A customer in an experiment. */
@TypeName('ExperimentMember')
@Entity('experiment_members')
export class ExperimentMemberEntity implements ExperimentMember {
  @PrimaryColumn({ type: 'uuid', name: 'experiment_id' })
  experimentUuid!: string;

  @PrimaryColumn({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'arm' })
  arm!: ArmName;

  @Column({ type: 'timestamptz', name: 'entered_at' })
  enteredAt!: Date;

  @Column({ type: 'timestamptz', name: 'delivered_at', nullable: true })
  deliveredAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'opened_at', nullable: true })
  openedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'clicked_at', nullable: true })
  clickedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'ordered_at', nullable: true })
  orderedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'reactivated_at', nullable: true })
  reactivatedAt!: Date | null;

  @Column({ type: 'integer', name: 'deliveries' })
  deliveries!: number;
}
