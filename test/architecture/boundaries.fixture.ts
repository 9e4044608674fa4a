/** One import of a made-up project; `to` is a file, or a package when it holds no slash. */
export interface Import {
  from: string;
  to: string;
  typeOnly?: boolean;
}

/** For every rule of .dependency-cruiser.js, imports that it must refuse. */
export const forbidden: Record<string, Import[]> = {
  'storeys-platform': [{ from: 'src/platform/clock.ts', to: 'src/brands/index.ts' }],
  'storeys-brands': [{ from: 'src/brands/brand.ts', to: 'src/customers/index.ts' }],
  'storeys-customers': [
    { from: 'src/customers/customer.ts', to: 'src/messages/index.ts', typeOnly: true },
  ],
  'storeys-holdouts': [{ from: 'src/holdouts/arm.ts', to: 'src/messages/index.ts' }],
  'storeys-analytics': [{ from: 'src/analytics/standing.ts', to: 'src/merging/index.ts' }],
  'storeys-next': [{ from: 'src/next/genome.ts', to: 'src/merging/index.ts' }],
  'storeys-reports': [{ from: 'src/reports/period.ts', to: 'src/merging/index.ts' }],
  'storeys-journeys': [{ from: 'src/journeys/run.ts', to: 'src/experiments/index.ts' }],
  'storeys-imports': [{ from: 'src/imports/queue.ts', to: 'src/privacy/index.ts' }],
  'storeys-experiments': [{ from: 'src/experiments/lift.ts', to: 'src/claims/index.ts' }],
  'storeys-messages': [{ from: 'src/messages/message.ts', to: 'src/purchases/index.ts' }],
  'storeys-ledger': [{ from: 'src/ledger/account.ts', to: 'src/attention/index.ts' }],
  'storeys-purchases': [{ from: 'src/purchases/order.ts', to: 'src/messages/index.ts' }],
  'storeys-attention': [{ from: 'src/attention/score.ts', to: 'src/customer-view/index.ts' }],
  'storeys-contact': [{ from: 'src/contact/verdict.ts', to: 'src/rewards/index.ts' }],
  'storeys-rewards': [{ from: 'src/rewards/reward.ts', to: 'src/shop/index.ts' }],
  'storeys-shop': [{ from: 'src/shop/item.ts', to: 'src/rewards/index.ts' }],
  'storeys-series': [{ from: 'src/series/series.ts', to: 'src/rewards/index.ts' }],
  'storeys-referrals': [{ from: 'src/referrals/referral.ts', to: 'src/rewards/index.ts' }],
  'storeys-worth': [{ from: 'src/worth/value.ts', to: 'src/rewards/index.ts' }],
  'storeys-segments': [{ from: 'src/segments/segment.ts', to: 'src/rewards/index.ts' }],
  'storeys-wallets': [{ from: 'src/wallets/gift.ts', to: 'src/surprises/index.ts' }],
  'storeys-surprises': [{ from: 'src/surprises/pool.ts', to: 'src/magnets/index.ts' }],
  'storeys-magnets': [{ from: 'src/magnets/quiz.ts', to: 'src/claims/index.ts' }],
  'storeys-economics': [{ from: 'src/economics/spend.ts', to: 'src/velvet/index.ts' }],
  'storeys-velvet': [{ from: 'src/velvet/member.ts', to: 'src/magnets/index.ts' }],
  'storeys-message-view': [{ from: 'src/message-view/view.ts', to: 'src/claims/index.ts' }],
  'storeys-micronbox': [{ from: 'src/micronbox/rank.ts', to: 'src/claims/index.ts' }],
  'storeys-claims': [{ from: 'src/claims/claim.ts', to: 'src/merging/index.ts' }],
  'storeys-privacy': [{ from: 'src/privacy/erasure.ts', to: 'src/customer-view/index.ts' }],
  'storeys-exports': [{ from: 'src/exports/export.ts', to: 'src/privacy/index.ts' }],
  'storeys-merging': [{ from: 'src/merging/merge.ts', to: 'src/customer-view/index.ts' }],
  'storeys-webhooks': [{ from: 'src/webhooks/endpoint.ts', to: 'src/live/index.ts' }],
  'storeys-live': [{ from: 'src/live/subscription.ts', to: 'src/webhooks/index.ts' }],
  'storeys-customer-view': [
    { from: 'src/customer-view/timeline.ts', to: 'src/server/http.ts' },
    { from: 'src/customer-view/timeline.ts', to: 'src/gateway/index.ts' },
  ],
  'storeys-server': [{ from: 'src/server/http.ts', to: 'src/cli/import.ts' }],
  'storeys-main': [{ from: 'src/main.ts', to: 'src/cli/import.ts' }],
  'storeys-cli': [{ from: 'src/cli/seed.ts', to: 'src/main.ts' }],
  'every-folder-has-a-storey': [{ from: 'src/brands/brand.ts', to: 'src/attic/box.ts' }],
  'door-only': [
    { from: 'src/rewards/reward.ts', to: 'src/customers/customer.service.ts' },
    { from: 'src/main.ts', to: 'src/gateway/plan.ts' },
  ],
  'ledger-and-messages-are-strangers': [
    { from: 'src/ledger/entry.ts', to: 'src/messages/index.ts' },
    { from: 'src/messages/reserve.ts', to: 'src/ledger/index.ts' },
  ],
  'customers-never-hear-of-mu': [{ from: 'src/customers/wallet.ts', to: 'src/ledger/index.ts' }],
  'attention-knows-no-reward': [
    { from: 'src/attention/attention.resolver.ts', to: 'src/rewards/index.ts' },
  ],
  'attention-measures-without-mu': [
    { from: 'src/attention/attention.service.ts', to: 'src/ledger/index.ts' },
  ],
  'gateway-knows-no-feature': [{ from: 'src/gateway/plan.ts', to: 'src/brands/index.ts' }],
  'reward-rules-are-pure': [
    { from: 'src/rewards/rules/streak.ts', to: 'src/platform/clock.ts' },
    { from: 'src/rewards/rules/streak.ts', to: 'src/rewards/reward.ts' },
    { from: 'src/rewards/rules/streak.ts', to: 'shipped' },
  ],
  'ledger-tables-in-ledger-only': [
    { from: 'src/rewards/reward.ts', to: 'src/ledger/account.entity.ts' },
  ],
  'migrations-stand-alone': [{ from: 'migrations/1-ground.ts', to: 'src/platform/ids.ts' }],
  'no-cycles': [{ from: 'src/brands/key.ts', to: 'src/brands/owner.ts' }],
  'src-ships-alone': [{ from: 'src/server/http.ts', to: 'test/support/database.ts' }],
  'no-development-packages': [
    { from: 'src/server/http.ts', to: 'unshipped' },
    { from: 'src/server/http.ts', to: 'undeclared' },
  ],
  'no-drawers': [
    { from: 'src/brands/brand.ts', to: 'src/brands/brand-utils.ts' },
    { from: 'src/brands/brand.ts', to: 'src/platform/common/text.ts' },
  ],
};

/** Imports that look like an offence and are none. */
export const allowed: Import[] = [
  { from: 'src/customers/identity.ts', to: 'src/brands/index.ts' },
  { from: 'src/customers/index.ts', to: 'src/customers/identity.ts' },
  { from: 'src/platform/log.ts', to: 'src/platform/text/escape.ts' },
  { from: 'src/attention/attention.loader.ts', to: 'src/ledger/index.ts' },
  { from: 'src/rewards/rules/index.ts', to: 'src/rewards/rules/day.ts' },
  { from: 'src/rewards/rules/day.ts', to: 'src/attention/index.ts', typeOnly: true },
  { from: 'src/ledger/account.service.ts', to: 'src/ledger/account.entity.ts' },
  { from: 'src/messages/message.type.ts', to: 'src/messages/delivery.type.ts', typeOnly: true },
  { from: 'src/messages/delivery.type.ts', to: 'src/messages/message.type.ts', typeOnly: true },
  { from: 'src/server/http.ts', to: 'src/gateway/index.ts' },
  { from: 'src/server/http.ts', to: 'src/server/schema/build.ts' },
  { from: 'src/server/http.ts', to: 'shipped' },
  { from: 'src/server/shutdown.ts', to: 'unshipped', typeOnly: true },
  { from: 'src/gateway/plan.ts', to: 'src/platform/log.ts' },
  { from: 'src/main.ts', to: 'src/server/http.ts' },
  { from: 'src/cli/import.ts', to: 'src/purchases/index.ts' },
];

/** Closes the cycle of `no-cycles`, which names one import of a cycle and not both. */
export const wayBack: Import = { from: 'src/brands/owner.ts', to: 'src/brands/key.ts' };
