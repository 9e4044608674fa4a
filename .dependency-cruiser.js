/**
 * docs/architecture.md as rules: one rule per sentence, its comment the sentence.
 * test/architecture/boundaries.unit.test.ts shows that each of them can fail.
 */

/** From the ground up; what shares a storey does not know its neighbours. */
const storeys = [
  ['platform'],
  ['brands'],
  ['customers'],
  ['messages', 'ledger', 'purchases', 'holdouts'],
  ['attention', 'series', 'referrals', 'contact', 'worth'],
  ['segments'],
  ['rewards', 'shop'],
  ['economics'],
  ['wallets'],
  ['experiments', 'journeys', 'analytics', 'next', 'reports', 'imports'],
  ['surprises', 'magnets', 'velvet', 'message-view', 'micronbox'],
  ['claims'],
  ['merging', 'privacy', 'exports'],
  ['customer-view', 'webhooks', 'live'],
  ['server'],
  ['main', 'cli'],
];

const features = [...storeys.slice(1, -2).flat(), 'gateway'];

/** `src/x/…` or `src/x.ts` for each of the names. */
const within = (...names) => `^src/(${names.join('|')})(/|[.]ts$)`;

const storeyRules = storeys.flatMap((names, height) =>
  names.map((name) => {
    const reachable = [name, ...storeys.slice(0, height).flat()];
    if (height >= storeys.length - 2) reachable.push('gateway');
    return {
      name: `storeys-${name}`,
      comment: `An import only goes down: ${name} stands on ${reachable.slice(1).join(', ') || 'nothing'}.`,
      from: { path: within(name) },
      to: { path: '^src/', pathNot: within(...reachable) },
    };
  }),
);

const sentences = [
  {
    name: 'every-folder-has-a-storey',
    comment: 'A folder of src stands on a storey, so that somebody has said what it may import.',
    from: {},
    to: { path: '^src/', pathNot: within(...storeys.flat(), 'gateway') },
  },
  {
    name: 'door-only',
    comment: 'A feature is entered by its door, index.ts; what lies behind it is its own affair.',
    from: { path: '^src/([^/]+)' },
    to: { path: within(...features), pathNot: ['^src/$1/', '^src/[^/]+/index[.]ts$'] },
  },
  {
    name: 'ledger-and-messages-are-strangers',
    comment: 'The ledger never hears of messages, nor messages of the ledger; rewards joins them.',
    from: { path: '^src/(ledger|messages)/' },
    to: { path: within('ledger', 'messages'), pathNot: '^src/$1/' },
  },
  {
    name: 'customers-never-hear-of-mu',
    comment: 'Fields that speak of Mu are contributed to Customer from above.',
    from: { path: within('customers', 'brands') },
    to: { path: within('ledger', 'rewards', 'shop') },
  },
  {
    name: 'attention-knows-no-reward',
    comment: 'Attention is measured without a thought for what it pays.',
    from: { path: within('attention') },
    to: { path: within('rewards', 'shop') },
  },
  {
    name: 'attention-measures-without-mu',
    comment: 'Attention meets the ledger only where it contributes a field to the ledger entry.',
    from: { path: within('attention'), pathNot: '([.](resolver|loader|type)|/index)[.]ts$' },
    to: { path: within('ledger') },
  },
  {
    name: 'gateway-knows-no-feature',
    comment: 'The gateway runs any subgraph; it stands on platform and on nothing else.',
    from: { path: within('gateway') },
    to: { path: '^src/', pathNot: within('gateway', 'platform') },
  },
  {
    name: 'reward-rules-are-pure',
    comment: 'A reward rule is arithmetic on what it is handed: no database, no clock, only types.',
    from: { path: '^src/rewards/rules/' },
    to: { pathNot: '^src/rewards/rules/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'ledger-tables-in-ledger-only',
    comment: 'Only the ledger touches its tables; everybody else asks its service.',
    from: { path: '^(src|migrations)/', pathNot: '^src/ledger/' },
    to: { path: '^src/ledger/.*[.]entity[.]ts$' },
  },
  {
    name: 'migrations-stand-alone',
    comment: 'A migration that has run must not change its meaning when the code moves on.',
    from: { path: '^migrations/' },
    to: { path: '^src/' },
  },
  {
    name: 'no-cycles',
    comment:
      'Two files that need each other to load are one file, or lack a third; types may meet.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'src-ships-alone',
    comment: 'What ships needs nothing from tests, benchmarks, scripts or examples.',
    from: { path: '^(src|migrations)/' },
    to: { path: '^(test|bench|scripts|examples)/' },
  },
  {
    name: 'no-development-packages',
    comment: 'What ships runs after an install without development dependencies.',
    from: { path: '^(src|migrations)/' },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      dependencyTypesNot: ['type-only'],
      pathNot: '^node_modules/@types/',
    },
  },
  {
    name: 'no-drawers',
    comment:
      'A file is named after its noun; utils, helpers, common, manager and base name nothing.',
    from: {},
    to: {
      path: '[/.-](utils?|helpers?|common|managers?|base)([/.-]|$)',
      pathNot: '(^|/)(node_modules|test)/',
    },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...sentences, ...storeyRules].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ['require', 'node', 'default'] },
  },
};
