import type { Feature } from '../platform/feature';
import { BrandOnConsent, BrandOnRelationship } from './brand-of-record.resolver';
import { identityTopics } from './confirm-identity';
import { ConfirmIdentityMutation } from './confirm-identity.mutation';
import { ConfirmationEntity } from './confirmation.entity';
import { confirmationLoader } from './confirmation.loader';
import { consentTopics } from './consent-book';
import { ConsentChangeEntity, ConsentEntity } from './consent.entity';
import { createCustomerTokenHandler } from './create-customer-token.command';
import { CreateCustomerTokenMutation } from './create-customer-token.mutation';
import { CustomerEntity } from './customer.entity';
import { confirmationId, customerId } from './customer.id';
import { customerLoader } from './customer.loader';
import { loadCustomerReferences } from './customer.references';
import { CustomerResolver } from './customer.resolver';
import { IdentifyCustomerMutation } from './identify-customer.mutation';
import { IdentityChangeEntity } from './identity-change.entity';
import { IdentityHistoryOfRelationship } from './identity-history.resolver';
import { IdentityEntity } from './identity.entity';
import { linkIdentityHandler } from './link-identity.command';
import { LinkIdentityMutation } from './link-identity.mutation';
import { RelationshipEntity } from './relationship.entity';

export { consentLoader } from './consent.loader';
export { recordConsents, type ConsentWord } from './consent-book';
export { ConsentChangeEntity, ConsentEntity } from './consent.entity';
export {
  Consent,
  ConsentChangeConnection,
  ConsentPurposeEnum,
  TellerEnum,
  type ConsentPurpose,
  type Teller,
} from './consent.type';
export { CustomerBy, readCustomerBy, type CustomerKey } from './customer-by';
export { CustomerEntity } from './customer.entity';
export { customerId } from './customer.id';
export { customerZones } from './customer-zones';
export { customerTraits, zoneIn, type Traits } from './customer-traits';
export { keyValues, selectByKey } from './customer-key.sql';
export { customerByKeyLoader, customerLoader, relationshipColumns } from './customer.loader';
export { RelationshipEntity } from './relationship.entity';
export { loadRelationship } from './relationship.loader';
export { BrandRelationship } from './relationship.type';
export { Customer, CustomerConnection } from './customer.type';
export { IdentityKindEnum, type IdentityKind } from './identity.type';
export {
  confirmIdentities,
  confirmIdentityKind,
  type Confirmed,
  type ConfirmIdentity,
  type ConfirmIdentityAnswer,
} from './confirm-identity';
export {
  identifyCustomerKind,
  identifyCustomers,
  type IdentifyAnswer,
} from './identify-customer.command';
export type { IdentifyInput } from './identify.request';
export { IdentityChangeEntity } from './identity-change.entity';
export { IdentityChange } from './identity.type';
export type { ProvenIdentity } from './proven-identity';
export { lockRelationships } from './lock-relationships';
export { namedCustomers } from './named-customers';
export { resolveCustomers } from './resolve-customers';

export const customersFeature: Feature = {
  name: 'customers',
  entities: [
    CustomerEntity,
    RelationshipEntity,
    IdentityEntity,
    IdentityChangeEntity,
    ConsentEntity,
    ConsentChangeEntity,
    ConfirmationEntity,
  ],
  resolvers: [
    CustomerResolver,
    BrandOnRelationship,
    IdentityHistoryOfRelationship,
    BrandOnConsent,
    IdentifyCustomerMutation,
    CreateCustomerTokenMutation,
    LinkIdentityMutation,
    ConfirmIdentityMutation,
  ],
  commands: [createCustomerTokenHandler, linkIdentityHandler],
  references: { Customer: loadCustomerReferences },
  nodes: {
    [customerId.prefix]: (uuid, context) => customerLoader(context).load(uuid),
    [confirmationId.prefix]: (uuid, context) => confirmationLoader(context).load(uuid),
  },
  jobs: [],
  topics: { ...identityTopics, ...consentTopics },
};
