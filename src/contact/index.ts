import type { Feature } from '../platform/feature';
import { grantConsent, withdrawConsent } from './change-consent.command';
import { ConsentsOfRelationship } from './consent.resolver';
import { GrantConsentMutation } from './grant-consent.mutation';
import { WithdrawConsentMutation } from './withdraw-consent.mutation';

/** Whether and when a brand may write to a customer: consent, channels, quiet hours, frequency. */
export const contactFeature: Feature = {
  name: 'contact',
  entities: [],
  resolvers: [ConsentsOfRelationship, GrantConsentMutation, WithdrawConsentMutation],
  commands: [grantConsent, withdrawConsent],
  references: {},
  nodes: {},
  jobs: [],
};
