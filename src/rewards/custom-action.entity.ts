import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { customActionId } from './custom-action.id';
import type { CustomAction } from './custom-action.type';

/** An action a brand has defined itself; events of the action CUSTOM name one. */
@TypeName('CustomAction')
@Entity('custom_actions')
export class CustomActionEntity implements CustomAction {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'text', name: 'description', nullable: true })
  description!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  get id(): string {
    return customActionId.encode(this.uuid);
  }
}
