import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { brandId } from './brand.id';
import type { Brand } from './brand.type';
import type { TriadThirdName } from './triad-third';

@TypeName('Brand')
@Entity('brands')
export class BrandEntity implements Brand {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'text', name: 'slug' })
  slug!: string;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'text', name: 'timezone' })
  timezone!: string;

  @Column({ type: 'text', name: 'currency' })
  currency!: string;

  @Column({ type: 'integer', name: 'max_event_age_days' })
  maxEventAgeDays!: number;

  /** Size of the brand's cost bucket, one in each process; null means the default. */
  @Column({ type: 'bigint', name: 'bucket_size', nullable: true })
  bucketSize!: number | null;

  /** What flows into the bucket each second; null means the default. */
  @Column({ type: 'bigint', name: 'bucket_per_second', nullable: true })
  bucketPerSecond!: number | null;

  /** The key that verifies SendGrid's event webhook: base64 of an SPKI document. */
  @Column({ type: 'text', name: 'sendgrid_public_key', nullable: true })
  sendgridPublicKey!: string | null;

  /** Where links in the brand's mails may lead: origins such as `https://shop.example`. */
  @Column({ type: 'jsonb', name: 'link_origins' })
  linkOrigins?: string[];

  /** The addresses that send the brand's mails with forms, in lower case. */
  @Column({ type: 'jsonb', name: 'amp_senders' })
  ampSenders?: string[];

  @Column({ type: 'text', name: 'triad_third' })
  triadThird?: TriadThirdName;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  get id(): string {
    return brandId.encode(this.uuid);
  }
}
