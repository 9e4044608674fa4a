import type { Feature } from '../platform/feature';
import { BrandOnConsent, BrandOnRelationship } from './brand-of-record.resolver';
import { ConsentEntity } from './consent.entity';
import { createCustomerTokenHandler } from './create-customer-token.command';
import { CreateCustomerTokenMutation } from './create-customer-token.mutation';
import { CustomerEntity } from './customer.entity';
import { customerId } from './customer.id';
import { customerLoader } from './customer.loader';
import { loadCustomerReferences } from './customer.references';
import { CustomerResolver } from './customer.resolver';
import { CustomersQuery } from './customers.query';
import { identifyCustomerHandler } from './identify-customer.command';
import { IdentifyCustomerMutation } from './identify-customer.mutation';
import { IdentityEntity } from './identity.entity';
import { RelationshipEntity } from './relationship.entity';

export { CustomerBy } from './customer-by';
export { CustomerEntity } from './customer.entity';
export { customerId } from './customer.id';
export { customerZones } from './customer-zone';
export { customerLoader } from './customer.loader';
export { Customer } from './customer.type';
export { resolveCustomers } from './resolve-customers';

export const customersFeature: Feature = {
  name: 'customers',
  entities: [CustomerEntity, RelationshipEntity, IdentityEntity, ConsentEntity],
  resolvers: [
    CustomerResolver,
    CustomersQuery,
    BrandOnRelationship,
    BrandOnConsent,
    IdentifyCustomerMutation,
    CreateCustomerTokenMutation,
  ],
  commands: [identifyCustomerHandler, createCustomerTokenHandler],
  references: { Customer: loadCustomerReferences },
  nodes: { [customerId.prefix]: (uuid, context) => customerLoader(context).load(uuid) },
  jobs: [],
};
