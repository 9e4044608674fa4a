import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { EmSeries, EmSeriesStateName } from './em-series.type';
import { emSeriesId } from './series.id';

@TypeName('EmSeries')
@Entity('em_series')
export class EmSeriesEntity implements EmSeries {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'external_id' })
  externalId!: string;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'text', name: 'daily_slot' })
  dailySlot!: string;

  @Column({ type: 'text', name: 'state' })
  state!: EmSeriesStateName;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;

  get id(): string {
    return emSeriesId.encode(this.uuid);
  }
}
