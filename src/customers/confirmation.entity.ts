import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { IdentityConfirmation } from './confirmation.type';
import { confirmationId } from './customer.id';
import type { IdentityKind } from './identity.type';

/** The hash of the code and the count of attempts are not mapped: they are for the writers alone. */
@TypeName('IdentityConfirmation')
@Entity('identity_confirmations')
export class ConfirmationEntity implements IdentityConfirmation {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'text', name: 'kind' })
  kind!: IdentityKind;

  @Column({ type: 'text', name: 'value' })
  value!: string;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null;

  get id(): string {
    return confirmationId.encode(this.uuid);
  }
}
