import type { Answer, StoryBrand, Storyteller } from './storyteller';

const hour = 3_600_000;
const day = 24 * hour;

/** What the story leaves behind, for a test to look at. */
export interface FundedMicron {
  brand: StoryBrand;
  messageId: string;
  reserved: number;
  machineOpen: Answer;
  survey: Answer;
  retried: Answer;
}

/**
 * A funded micron, exactly once, with lineage. TripKart buys 50,000 Mu and reserves 22,000 for a mail to
 * 2,000 customers that offers 1 Mu for opening and 10 for a survey. A machine fetches Asha's mail; her
 * survey proves the open and pays 11; the mail client's retry pays nothing. After a week 1,000 opens and
 * 300 surveys have been paid and the unused 18,000 goes back. `monday` is the morning it begins when it
 * has not been told before.
 */
export async function tellFundedMicron(tell: Storyteller, monday: Date): Promise<FundedMicron> {
  const asha = { email: 'asha@example.in', externalId: 'asha' };
  await tell.undisturbed();
  const start = await otherBrandsPaid(tell, monday, asha, 5678);
  const brand = await tell.brand('TripKart', 'tripkart', 'Asia/Kolkata', 50_000, 'purchase INV-1');
  await publishRules(tell, brand);
  await tell.tell(brand.apiKey, 'identify-customer', {
    externalId: 'asha',
    email: 'asha@example.in',
    traits: { name: 'Asha Rao' },
    confirmed: ['EMAIL'],
    consents: [{ purpose: 'BALANCE_VISIBLE', granted: true }],
  });
  tell.at(new Date(start.getTime() + hour / 12));
  const recorded = await tell.tell(brand.apiKey, 'record-message', {
    externalId: 'MSG-881',
    channel: 'EMAIL',
    kind: 'MICRON',
    subject: 'Kashmir in 5 days',
    openMu: 1,
    actionMuMax: 10,
    audience: 2000,
    expiresAt: new Date(start.getTime() + 7 * day).toISOString(),
  });
  const messageId = (recorded['message'] as { id: string }).id;
  const moments = await ashaReads(tell, brand, messageId, new Date(start.getTime() + day));
  await theOthersRead(tell, brand, messageId, new Date(start.getTime() + 2 * day));
  tell.at(new Date(start.getTime() + 7 * day + hour));
  await tell.settle();
  return { brand, messageId, reserved: recorded['reserved'] as number, ...moments };
}

/**
 * Mu the customer has from brands the story does not tell of. Answers the minute the story begins at:
 * the given one, or that of its first telling, whose every date a later telling has to repeat.
 */
export async function otherBrandsPaid(
  tell: Storyteller,
  beginning: Date,
  customer: { email: string; externalId: string },
  amount: number,
): Promise<Date> {
  tell.at(beginning);
  const name = `Earlier brands of ${customer.externalId}`;
  const slug = `earlier-${customer.externalId}`;
  const brand = await tell.brand(name, slug, 'Asia/Kolkata', amount, 'purchase');
  await tell.tell(brand.apiKey, 'upsert-earn-rule', { name: 'welcome', action: 'ATTEND', amount });
  await tell.tell(brand.apiKey, 'identify-customer', { ...customer, confirmed: ['EMAIL'] });
  const by = { externalId: customer.externalId };
  await tell.tell(brand.apiKey, 'record-attention', { customer: by, action: 'ATTEND' });
  const start = new Date(Math.floor(brand.createdAt.getTime() / 60_000) * 60_000);
  tell.at(start);
  return start;
}

/** What opens and surveys pay in the story. */
export async function publishRules(tell: Storyteller, brand: StoryBrand): Promise<void> {
  // The open rule is in its third version when the story begins.
  for (const version of [1, 2, 3]) {
    await tell.tell(
      brand.apiKey,
      'upsert-earn-rule',
      { name: 'r1', action: 'OPEN', amount: 1 },
      `rule:r1:${version}`,
    );
  }
  await tell.tell(brand.apiKey, 'upsert-earn-rule', { name: 'r2', action: 'SURVEY', amount: 10 });
}

async function ashaReads(tell: Storyteller, brand: StoryBrand, messageId: string, tuesday: Date) {
  const customer = { externalId: 'asha' };
  tell.at(tuesday);
  await tell.tell(brand.apiKey, 'record-deliveries', { messageId, customers: [customer] });
  tell.at(new Date(tuesday.getTime() + 41 * 60_000));
  const machineOpen = await tell.tell(brand.apiKey, 'record-attention', {
    customer,
    messageId,
    action: 'OPEN',
    channel: 'EMAIL',
    userAgent:
      'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  });
  tell.at(new Date(tuesday.getTime() + 72 * 60_000));
  const input = { customer, messageId, action: 'SURVEY', properties: { questions: 3 } };
  const survey = await tell.tell(brand.apiKey, 'record-attention', input, 'MSG-881:asha:survey');
  const retried = await tell.tell(brand.apiKey, 'record-attention', input, 'MSG-881:asha:survey');
  return { machineOpen, survey, retried };
}

/** 999 others open and 299 of them answer, so that 1,000 opens and 300 surveys are paid in all. */
export async function theOthersRead(
  tell: Storyteller,
  brand: StoryBrand,
  messageId: string,
  moment: Date,
): Promise<void> {
  tell.at(moment);
  const names = Array.from({ length: 999 }, (_, n) => `reader-${n + 1}`);
  for (let from = 0; from < names.length; from += 100) {
    await Promise.all(
      names
        .slice(from, from + 100)
        .map((externalId) =>
          tell.tell(brand.apiKey, 'identify-customer', { externalId }, `identify:${externalId}`),
        ),
    );
  }
  const event = (externalId: string, action: string) => ({
    customer: { externalId },
    messageId,
    action,
    channel: 'EMAIL',
    idempotencyKey: tell.keyFor(`${action}:${externalId}`),
  });
  await tell.tellBatch(
    brand.apiKey,
    names.map((name) => event(name, 'OPEN')),
  );
  await tell.tellBatch(
    brand.apiKey,
    names.slice(0, 299).map((name) => event(name, 'SURVEY')),
  );
}
