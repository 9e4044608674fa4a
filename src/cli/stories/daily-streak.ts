import { otherBrandsPaid } from './funded-micron';
import type { Answer, StoryBrand, Storyteller } from './storyteller';

const day = 86_400_000;

/** What the story leaves behind, for a test to look at: Vikram's opens in the order they arrived. */
export interface DailyStreak {
  brand: StoryBrand;
  opens: Answer[];
}

/** Minutes after local midnight at which Vikram opens, by day; nobody on day 8, nothing is sent on day 7. */
const opensAt: Record<number, number[]> = {
  1: [7 * 60 + 10],
  2: [7 * 60 + 12],
  3: [7 * 60 + 9],
  4: [23 * 60 + 58],
  5: [7 * 60 + 30],
  6: [7 * 60 + 15],
  8: [],
  9: [8 * 60, 9 * 60],
};

/**
 * Streak, cap, break and neutral day. DailyPaper mails Vikram a short letter every morning and pays the
 * published streak: day n pays n, five at most. Day 7 brings no letter and changes nothing; the one of
 * day 8 stays unopened and breaks the streak; on day 9 he opens twice and is paid once. The open at
 * 23:58 in Kolkata belongs to day 4 there, although in UTC it is 18:28. `beginning` is the local
 * midnight of day 1 when the story has not been told before; `endOfDay` is called at each midnight
 * that ends a day with a letter.
 */
export async function tellDailyStreak(
  tell: Storyteller,
  beginning: Date,
  endOfDay: (day: number) => Promise<void> = async () => undefined,
): Promise<DailyStreak> {
  const vikram = { email: 'vikram@example.in', externalId: 'vikram' };
  await tell.undisturbed();
  const midnight = await otherBrandsPaid(tell, beginning, vikram, 40);
  const brand = await tell.brand(
    'DailyPaper',
    'dailypaper',
    'Asia/Kolkata',
    1000,
    'purchase INV-2',
  );
  await tell.tell(brand.apiKey, 'upsert-earn-rule', {
    name: 'daily letter',
    action: 'OPEN',
    amount: 1,
    streak: { unit: 'DAY', cap: 5, resetTo: 1, graceUnits: 0 },
  });
  await tell.tell(brand.apiKey, 'identify-customer', {
    externalId: 'vikram',
    email: 'vikram@example.in',
    traits: { name: 'Vikram', timezone: 'Asia/Kolkata' },
    consents: [{ purpose: 'BALANCE_VISIBLE', granted: true }],
  });
  const opens: Answer[] = [];
  for (const [number, minutes] of Object.entries(opensAt)) {
    const start = new Date(midnight.getTime() + (Number(number) - 1) * day);
    opens.push(...(await oneDay(tell, brand, Number(number), start, minutes)));
    tell.at(new Date(start.getTime() + day));
    await endOfDay(Number(number));
  }
  await tell.settle();
  return { brand, opens };
}

async function oneDay(
  tell: Storyteller,
  brand: StoryBrand,
  number: number,
  midnight: Date,
  minutes: readonly number[],
): Promise<Answer[]> {
  const customer = { externalId: 'vikram' };
  tell.at(new Date(midnight.getTime() + 6 * 3_600_000));
  const recorded = await tell.tell(brand.apiKey, 'record-message', {
    externalId: `letter-${number}`,
    channel: 'EMAIL',
    kind: 'EM',
    subject: `ε Letter ${number}`,
    openMu: 5,
    audience: 1,
    expiresAt: new Date(midnight.getTime() + 10 * day).toISOString(),
  });
  const messageId = (recorded['message'] as { id: string }).id;
  await tell.tell(brand.apiKey, 'record-deliveries', { messageId, customers: [customer] });
  const opens: Answer[] = [];
  for (const minute of minutes) {
    tell.at(new Date(midnight.getTime() + minute * 60_000));
    const event = { customer, messageId, action: 'OPEN', channel: 'EMAIL' };
    opens.push(await tell.tell(brand.apiKey, 'record-attention', event));
  }
  return opens;
}
