import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { qrCodeId } from './claim.id';
import type { QrCode } from './qr-code.type';

/** Columns of the qr_codes table. */
export interface QrCodeRow {
  id: string;
  brand_id: string;
  code: string;
  name: string;
  mu: number;
  message_id: string | null;
  landing_url: string | null;
  magnet_id: string | null;
  created_at: Date;
}

@TypeName('QrCode')
@Entity('qr_codes')
export class QrCodeEntity implements QrCode {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'code' })
  code!: string;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'bigint', name: 'mu' })
  mu!: number;

  @Column({ type: 'uuid', name: 'message_id', nullable: true })
  messageUuid!: string | null;

  @Column({ type: 'text', name: 'landing_url', nullable: true })
  landingUrl!: string | null;

  @Column({ type: 'uuid', name: 'magnet_id', nullable: true })
  magnetUuid!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  get id(): string {
    return qrCodeId.encode(this.uuid);
  }
}
