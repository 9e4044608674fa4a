import type { Feature } from '../platform/feature';
import { CanContactOfRelationship, CanContactQuery } from './can-contact.resolver';
import { grantConsent, withdrawConsent } from './change-consent.command';
import { ConsentsOfRelationship } from './consent.resolver';
import { ChannelsOfRelationship, FrequencyPolicyOfBrand } from './contact.resolver';
import { GrantConsentMutation } from './grant-consent.mutation';
import { setChannelPreference } from './set-channel-preference.command';
import { SetChannelPreferenceMutation } from './set-channel-preference.mutation';
import { setFrequencyPolicy } from './set-frequency-policy.command';
import { SetFrequencyPolicyMutation } from './set-frequency-policy.mutation';
import { setQuietHours } from './set-quiet-hours.command';
import { SetQuietHoursMutation } from './set-quiet-hours.mutation';
import { hotlineTopics, watchHotlines } from './watch-hotlines.job';
import { WithdrawConsentMutation } from './withdraw-consent.mutation';

export { HotlineCause, type HotlineCauseName } from './hotline.type';
export { reachableSql } from './reachable.sql';

/** Whether and when a brand may write to a customer: consent, channels, quiet hours, frequency. */
export const contactFeature: Feature = {
  name: 'contact',
  entities: [],
  resolvers: [
    CanContactQuery,
    CanContactOfRelationship,
    ConsentsOfRelationship,
    ChannelsOfRelationship,
    FrequencyPolicyOfBrand,
    GrantConsentMutation,
    WithdrawConsentMutation,
    SetChannelPreferenceMutation,
    SetQuietHoursMutation,
    SetFrequencyPolicyMutation,
  ],
  commands: [
    grantConsent,
    withdrawConsent,
    setChannelPreference,
    setQuietHours,
    setFrequencyPolicy,
  ],
  references: {},
  nodes: {},
  jobs: [watchHotlines],
  topics: hotlineTopics,
};
