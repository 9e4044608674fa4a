import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { BrandScope } from '../platform/auth/caller';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { ApiKey } from './api-key.type';
import { apiKeyId } from './brand.id';

@TypeName('ApiKey')
@Entity('api_keys')
export class ApiKeyEntity implements ApiKey {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'text', name: 'scopes', array: true })
  scopes!: BrandScope[];

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  get id(): string {
    return apiKeyId.encode(this.uuid);
  }
}
