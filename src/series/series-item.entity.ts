import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { seriesItemId } from './series.id';
import type { SeriesItem } from './series-item.type';

@TypeName('SeriesItem')
@Entity('em_series_items')
export class SeriesItemEntity implements SeriesItem {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'series_id' })
  seriesUuid!: string;

  @Column({ type: 'integer', name: 'position' })
  position!: number;

  @Column({ type: 'text', name: 'subject' })
  subject!: string;

  @Column({ type: 'text', name: 'link', nullable: true })
  link!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  get id(): string {
    return seriesItemId.encode(this.uuid);
  }
}
