import { newKey } from '../../support/test-service';
import type { Chance } from './chance';
import { pick, remember, type Market, type Stall } from './market';

/** Something a brand or one of its customers may do at any time; most of it can be refused. */
export type Move = (market: Market, stall: Stall, chance: Chance) => Promise<void>;

const someone = (stall: Stall, chance: Chance) => ({ externalId: chance.of(stall.customers) });
const actions = ['OPEN', 'CLICK', 'SCAN', 'SURVEY', 'READ', 'VISIT'];

/** How many of the commands `attend` sends at once; each is a command of its own. */
export const eventsAtOnce = 20;

const attend: Move = async ({ ask }, stall, chance) => {
  const messageId = chance.below(2) === 0 ? undefined : stall.made.get('message')?.[0];
  const events = Array.from({ length: eventsAtOnce }, () => ({
    customer: someone(stall, chance),
    action: chance.of(actions),
    machineOpen: chance.below(10) === 0,
    occurredAt: new Date(Date.now() - chance.below(72) * 3_600_000).toISOString(),
    ...(messageId === undefined ? {} : { messageId }),
    idempotencyKey: newKey(),
  }));
  const { results } = await ask(
    'recordAttentionBatch',
    { events },
    'results { grants { entry { transfer { id } } } }',
    stall.apiKey,
  );
  for (const { grants } of results) remember(stall, 'grant', grants[0]?.entry.transfer?.id);
};

const publishRule: Move = async ({ ask }, stall, chance) => {
  const input = {
    name: `rule-${chance.below(4)}`,
    action: chance.of(actions),
    amount: 1 + chance.below(9),
    perCustomerPerDay: 1 + chance.below(5),
    ...(chance.below(3) === 0 ? { streak: { cap: 5 } } : {}),
  };
  await ask('upsertEarnRule', input, 'replayed', stall.apiKey);
};

const send: Move = async ({ ask }, stall, chance) => {
  const input = {
    externalId: newKey(),
    channel: 'EMAIL',
    openMu: chance.below(4),
    actionMuMax: chance.below(20),
    audience: 1 + chance.below(60),
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  };
  const { message } = await ask('recordMessage', input, 'message { id }', stall.apiKey);
  if (message === null) return;
  stall.made.set('message', [message.id as string]);
  const delivered = { messageId: message.id, customers: [someone(stall, chance)] };
  await ask('recordDeliveries', delivered, 'recorded', stall.apiKey);
};

const redeem: Move = async ({ ask }, stall, chance) => {
  const { externalId } = someone(stall, chance);
  const asBrand = chance.below(2) === 0;
  const what = { amount: 1 + chance.below(30), description: 'tea' };
  const { redemption } = await ask(
    'redeem',
    asBrand ? { ...what, customer: { externalId } } : what,
    'redemption { id }',
    asBrand ? stall.apiKey : (stall.tokens.get(externalId) as string),
  );
  remember(stall, 'redemption', redemption?.id);
};

const conclude: Move = async ({ ask }, stall, chance) => {
  const mutation = chance.of(['captureRedemption', 'captureRedemption', 'cancelRedemption']);
  const id = pick(stall, 'redemption', chance);
  const selection = 'redemption { state }';
  await ask(mutation, { id }, selection, stall.apiKey);
};

const reverse: Move = async ({ ask }, stall, chance) => {
  const id = pick(stall, 'grant', chance);
  await ask('reverseTransfer', { id }, 'userErrors { code }', stall.apiKey);
};

const leaveOrReturn: Move = async ({ ask }, stall, chance) => {
  const token = stall.tokens.get(chance.of(stall.customers)) as string;
  const mutation = chance.of(['optOutOfMu', 'optInToMu', 'optInToMu']);
  await ask(mutation, {}, 'userErrors { code }', token);
};

const bringFriend: Move = async ({ ask }, stall, chance) => {
  const program = { reserve: 500, friendMu: 5, referrerMu: 10 };
  if (!stall.made.has('program')) {
    stall.made.set('program', ['one']);
    await ask('upsertReferralProgram', program, 'userErrors { code }', stall.apiKey);
  }
  const link = await ask(
    'createReferralLink',
    { customer: someone(stall, chance), channel: 'WEB' },
    'referralLink { code }',
    stall.apiKey,
  );
  const code = link['referralLink']?.code as string | undefined;
  if (code === undefined) return;
  const claim = { code, friend: someone(stall, chance) };
  const { referral } = await ask('claimReferral', claim, 'referral { id }', stall.apiKey);
  if (referral === null) return;
  await ask('activateReferral', { id: referral.id }, 'userErrors { code }', stall.apiKey);
};

const give: Move = async ({ ask }, stall, chance) => {
  const token = stall.tokens.get(chance.of(stall.customers)) as string;
  const gift = { to: someone(stall, chance), amount: 1 + chance.below(3) };
  await ask('giftMu', gift, 'userErrors { code }', token);
};

const surprise: Move = async ({ ask }, stall, chance) => {
  if (!stall.made.has('pool')) {
    const terms = { prizeMu: 5, oddsOneIn: 2, poolMu: 200, windowHours: 1 };
    const endsAt = new Date(Date.now() + 90 * 86_400_000).toISOString();
    const selection = 'surprisePool { id }';
    const input = { externalId: newKey(), ...terms, endsAt };
    const { surprisePool } = await ask('createSurprisePool', input, selection, stall.apiKey);
    remember(stall, 'pool', surprisePool?.id);
  }
  const input = { poolId: pick(stall, 'pool', chance), customer: someone(stall, chance) };
  await ask('triggerSurprise', input, 'userErrors { code }', stall.apiKey);
};

const scanCode: Move = async ({ ask }, stall, chance) => {
  if (!stall.made.has('code')) {
    stall.made.set('code', [newKey()]);
    const code = stall.made.get('code')?.[0];
    const input = { code, name: 'A poster', mu: 7 };
    await ask('createQrCode', input, 'userErrors { code }', stall.apiKey);
  }
  const opened = { code: pick(stall, 'code', chance), deviceId: newKey() };
  const { claim } = await ask('openClaim', opened, 'claim { id }', stall.apiKey);
  if (claim === null) return;
  const done = 'userErrors { code }';
  await ask('answerClaim', { claimId: claim.id }, done, stall.apiKey);
  if (chance.below(4) === 0) return;
  const bound = { claimId: claim.id, customer: someone(stall, chance) };
  await ask('bindClaim', bound, done, stall.apiKey);
};

const sellOut: Move = async ({ ask }, stall, chance) => {
  if (!stall.made.has('item')) {
    const item = { externalId: newKey(), name: 'A seat', price: 5, minimumBalance: 0, stock: 8 };
    const { shopItem } = await ask('upsertShopItem', item, 'shopItem { id }', stall.apiKey);
    remember(stall, 'item', shopItem?.id);
  }
  const input = { itemId: pick(stall, 'item', chance), customer: someone(stall, chance) };
  const { redemption } = await ask('redeem', input, 'redemption { id }', stall.apiKey);
  remember(stall, 'redemption', redemption?.id);
};

const answer: Move = async ({ ask }, stall, chance) => {
  if (!stall.made.has('magnet') || chance.below(4) === 0) {
    const poll = { question: 'Tea or coffee?', options: ['tea', 'coffee'], mu: 2 };
    const input = { externalId: newKey(), title: 'A poll', content: { poll } };
    const { magnet } = await ask('createMagnet', input, 'magnet { id }', stall.apiKey);
    remember(stall, 'magnet', magnet?.id);
  }
  const magnetId = pick(stall, 'magnet', chance);
  const input = { magnetId, customer: someone(stall, chance), answer: { poll: chance.below(2) } };
  await ask('submitMagnetResponse', input, 'userErrors { code }', stall.apiKey);
};

const correct: Move = async ({ ask }, stall, chance) => {
  if (!stall.made.has('second key')) {
    const key = { name: 'second person', scopes: ['LEDGER'] };
    const { secret } = await ask('createApiKey', key, 'secret', stall.apiKey);
    stall.made.set('second key', [secret as string]);
  }
  const input = {
    customer: someone(stall, chance),
    amount: 1 + chance.below(9),
    direction: chance.of(['CREDIT', 'DEBIT']),
    reason: 'Counted twice',
  };
  const selection = 'adjustment { id }';
  const { adjustment } = await ask('requestAdjustment', input, selection, stall.apiKey);
  if (adjustment === null) return;
  const second = chance.below(5) === 0 ? stall.apiKey : pick(stall, 'second key', chance);
  const decision = chance.of(['approveAdjustment', 'approveAdjustment', 'declineAdjustment']);
  await ask(decision, { id: adjustment.id }, 'userErrors { code }', second);
};

/** Moves with how often each is made, out of all. */
export const moves: readonly [weight: number, move: Move][] = [
  [30, attend],
  [6, publishRule],
  [8, send],
  [30, redeem],
  [25, conclude],
  [10, reverse],
  [4, leaveOrReturn],
  [6, bringFriend],
  [25, give],
  [6, surprise],
  [8, scanCode],
  [8, sellOut],
  [8, answer],
  [8, correct],
];
