import { Entity, PrimaryColumn } from 'typeorm';
import { toEntity } from '../platform/database/rows';
import { TypeName } from '../platform/graphql/schema-defaults';
import { customerId } from './customer.id';
import type { Customer } from './customer.type';
import { RelationshipEntity } from './relationship.entity';

/**
 * A person as the caller may see them: the id, and the relationship with the caller's brand. When the
 * person was first seen by any brand is nobody's business, so that column is not mapped.
 */
@TypeName('Customer')
@Entity('customers')
export class CustomerEntity implements Customer {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  email: string | null = null;
  phone: string | null = null;
  /** With the caller's brand, or the brand of the customer's token; null for the platform. */
  relationship: RelationshipEntity | null = null;

  /** The customer of a row of `relationships`, as that brand sees them. */
  static ofRelationship(row: Record<string, unknown>): CustomerEntity {
    const customer = new CustomerEntity();
    const relationship = toEntity(RelationshipEntity, row);
    customer.uuid = relationship.customerUuid;
    customer.email = relationship.email;
    customer.phone = relationship.phone;
    customer.relationship = relationship;
    return customer;
  }

  get id(): string {
    return customerId.encode(this.uuid);
  }

  get externalId(): string | null {
    return this.relationship?.externalId ?? null;
  }

  get traits(): Record<string, unknown> {
    return this.relationship?.traits ?? {};
  }

  get name(): string | null {
    const name = this.traits['name'];
    return typeof name === 'string' ? name : null;
  }

  get createdAt(): Date | null {
    return this.relationship?.createdAt ?? null;
  }
}
