import { otherBrandsPaid } from './funded-micron';
import type { Answer, StoryBrand, Storyteller } from './storyteller';

const hour = 3_600_000;
const mostWindows = 400;

/** What the story leaves behind, for a test to look at: Nisha's wallet after each of its steps. */
export interface BestCustomer {
  brand: StoryBrand;
  /** Why she could not redeem at the beginning. */
  tooEarly: string[];
  wallets: Record<string, { balance: number; held: number }>;
  arrival: Answer;
  poolId: string;
  extinguished: number;
}

const nisha = { externalId: 'nisha' };
const ira = { externalId: 'ira' };

/**
 * A best customer. KaapiCo invites Nisha behind its velvet rope, recognises her at the door, and surprises
 * her with 50 Mu, one draw in twenty; her friend Ira comes, which pays 100 and a share; she redeems a
 * tasting, which is called off and refunded. Ira turns out to be Nisha herself on a second account, so
 * the referral is taken back, and in the end Nisha wants no Mu any more.
 */
export async function tellBestCustomer(tell: Storyteller, beginning: Date): Promise<BestCustomer> {
  await tell.undisturbed();
  const email = 'nisha@example.in';
  const start = await otherBrandsPaid(tell, beginning, { ...nisha, email }, 905);
  const brand = await tell.brand('KaapiCo', 'kaapico', 'Asia/Kolkata', 20_000, 'purchase INV-5');
  const { apiKey } = brand;
  const wallets: BestCustomer['wallets'] = {};
  const note = async (step: string) => (wallets[step] = await walletOf(tell, brand));
  await tell.tell(apiKey, 'identify-customer', {
    ...nisha,
    email,
    traits: { name: 'Nisha' },
    confirmed: ['EMAIL'],
    consents: [{ purpose: 'BALANCE_VISIBLE', granted: true }],
  });
  const item = await tell.tell(apiKey, 'upsert-shop-item', {
    externalId: 'tasting',
    name: 'Tasting with the roaster',
    price: 300,
  });
  const itemId = (item['shopItem'] as { id: string }).id;
  const tooEarly = await redeemTooEarly(tell, brand, itemId);
  const arrival = await enterVelvet(tell, brand);
  await note('velvet');
  const poolId = await surprise(tell, brand, start);
  await note('surprise');
  await friendComes(tell, brand);
  await note('friend');
  const redeemed = await tell.tell(apiKey, 'redeem', { itemId, customer: nisha });
  await note('redeem');
  const { id } = redeemed['redemption'] as { id: string };
  const captured = await tell.tell(apiKey, 'capture-redemption', { id });
  await note('capture');
  await tell.tell(apiKey, 'record-attention', { customer: ira, action: 'ATTEND' });
  await note('share');
  const { id: capture } = captured['transfer'] as { id: string };
  await tell.tell(apiKey, 'reverse-transfer', {
    id: capture,
    reason: 'The tasting was called off',
  });
  await note('refund');
  await takeBackReferral(tell, brand);
  await note('fraud');
  const out = await tell.tell(apiKey, 'opt-out-of-mu', { customer: nisha });
  await note('optOut');
  await tell.settle();
  const extinguished = out['extinguished'] as number;
  return { brand, tooEarly, wallets, arrival, poolId, extinguished };
}

async function walletOf(tell: Storyteller, brand: StoryBrand) {
  const seen = await tell.ask(brand.apiKey, 'customer-view', { by: nisha });
  const { balance, held } = (seen['customer'] as Answer)['wallet'] as Answer;
  return { balance: balance as number, held: held as number };
}

/** Nisha's 905 Mu are too little for the shop. */
async function redeemTooEarly(
  tell: Storyteller,
  brand: StoryBrand,
  itemId: string,
): Promise<string[]> {
  const input = { itemId, customer: nisha, idempotencyKey: tell.keyFor('too-early') };
  const refused = await tell.ask(brand.apiKey, 'redeem', { input });
  const { userErrors } = refused['redeem'] as { userErrors: { code: string }[] };
  return userErrors.map(({ code }) => code);
}

async function enterVelvet(tell: Storyteller, { apiKey }: StoryBrand): Promise<Answer> {
  await tell.tell(apiKey, 'invite-to-velvet', { customer: nisha });
  await tell.tell(apiKey, 'accept-velvet-invitation', { customer: nisha });
  const { token } = await tell.tell(apiKey, 'create-velvet-credential', { customer: nisha });
  const shown = { credential: token as string, storeId: 'MG Road' };
  return tell.tell(apiKey, 'record-velvet-arrival', shown);
}

/** An hour is a window, and she draws in each until she wins. */
async function surprise(tell: Storyteller, { apiKey }: StoryBrand, start: Date): Promise<string> {
  const made = await tell.tell(apiKey, 'create-surprise-pool', {
    externalId: 'KAAPI-Q3',
    prizeMu: 50,
    oddsOneIn: 20,
    poolMu: 1000,
    windowHours: 1,
    startsAt: start.toISOString(),
    endsAt: new Date(start.getTime() + (mostWindows + 1) * hour).toISOString(),
  });
  const poolId = (made['surprisePool'] as { id: string }).id;
  for (let window = 0; window < mostWindows; window += 1) {
    tell.at(new Date(start.getTime() + (window + 0.5) * hour));
    const key = `surprise:${window}`;
    const input = { poolId, customer: nisha };
    const drawn = await tell.tell(apiKey, 'trigger-surprise', input, key);
    if ((drawn['surpriseDraw'] as { won: boolean }).won) {
      await tell.tell(apiKey, 'close-surprise-pool', { id: poolId });
      return poolId;
    }
  }
  throw new Error('nobody is that unlucky');
}

async function friendComes(tell: Storyteller, { apiKey }: StoryBrand): Promise<void> {
  await tell.tell(apiKey, 'upsert-referral-program', { reserve: 300, friendMu: 0 });
  await tell.tell(apiKey, 'upsert-earn-rule', { name: 'evening', action: 'ATTEND', amount: 50 });
  const made = await tell.tell(apiKey, 'create-referral-link', {
    customer: nisha,
    channel: 'WHATSAPP',
  });
  await tell.tell(apiKey, 'identify-customer', { ...ira, traits: { name: 'Ira' } });
  const { code } = made['referralLink'] as { code: string };
  const claimed = await tell.tell(apiKey, 'claim-referral', { code, friend: ira });
  const { id } = claimed['referral'] as { id: string };
  await tell.tell(apiKey, 'activate-referral', { id });
}

async function takeBackReferral(tell: Storyteller, { apiKey }: StoryBrand): Promise<void> {
  const { referrals } = (await tell.ask(apiKey, 'referrals', {})) as {
    referrals: {
      nodes: { payments: { nodes: { purpose: string; transfer: { id: string } }[] } }[];
    };
  };
  for (const { purpose, transfer } of referrals.nodes[0]?.payments.nodes ?? []) {
    const input = { id: transfer.id, reason: 'REFERRAL_FRAUD' };
    await tell.tell(apiKey, 'reverse-transfer', input, `fraud:${purpose}`);
  }
}
