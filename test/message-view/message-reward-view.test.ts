import { messageId as messageKind } from '../../src/messages';
import { linkExpiry, linkLoader, linkTokens } from '../../src/message-view/links';
import { brandId as brandKind } from '../../src/brands';
import { customerId as customerKind } from '../../src/customers';
import { defaultLimits } from '../../src/platform/limits';
import { identify } from '../customers/people';
import { keyWith } from '../brands/operations';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { does, newMail, newMailer, viewOf, viewsOf } from './mail';

const uuid = '01890a5d-ac96-774b-bcce-b302099a8057';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
let mail: string;

beforeAll(async () => {
  t = await startTestService({ limits: { messageViewRecipients: 1000, linkBytes: 60 } });
  brand = await newMailer(t, 'tripkart');
  other = await newMailer(t, 'kite');
  mail = await newMail(t, brand);
});

afterAll(() => t.close());

/** Gives Asha Mu through a brand. */
async function pay(by: TestBrand, mu: number): Promise<void> {
  const rule = { name: newKey(), action: 'VISIT', amount: mu, perCustomerPerDay: 99 };
  await does(t, by, 'upsertEarnRule', rule);
  await does(t, by, 'recordAttention', { customer: { externalId: 'asha' }, action: 'VISIT' });
}

function consent(by: TestBrand, granted: boolean) {
  const consents = [{ purpose: 'BALANCE_VISIBLE', granted }];
  return identify(t, by, { externalId: 'asha', consents });
}

describe('messageRewardView', () => {
  test('shows the three numbers, the state and what to invite to', async () => {
    const view = await viewOf(t, brand, mail);
    expect(view).toMatchObject({
      messageId: mail,
      subjectText: 'µ.0.1.10',
      triad: { balance: 0, openMu: 1, actionMu: 10, third: 10 },
      warState: 'WHATS_IT',
      callToAction: { kind: 'LEARN_MORE', label: "What's µ?" },
    });
    await identify(t, brand, {
      externalId: 'ravi',
      email: 'ravi@example.in',
      confirmed: ['EMAIL'],
    });
    const confirmed = await viewOf(t, brand, mail, { customer: { email: 'ravi@example.in' } });
    expect(confirmed).toMatchObject({ warState: 'REDEEM', callToAction: { kind: 'REDEEM' } });
    expect(confirmed['customerId']).not.toBe(view['customerId']);
  });

  test("shows the brand's own share, and the whole balance with the customer's consent alone", async () => {
    await pay(brand, 7);
    await pay(other, 100);
    const shown = async () => {
      const { subjectText, balanceShown } = await viewOf(t, brand, mail);
      return [subjectText, balanceShown];
    };
    expect(await shown()).toEqual(['µ.7.1.10', 'OWN_SHARE']);
    await consent(other, true);
    expect(await shown()).toEqual(['µ.7.1.10', 'OWN_SHARE']);
    await consent(brand, true);
    expect(await shown()).toEqual(['µ.107.1.10', 'WHOLE']);
    await consent(brand, false);
    expect(await shown()).toEqual(['µ.7.1.10', 'OWN_SHARE']);
  });

  test('renders the total as the third number where the brand wants that', async () => {
    const totals = await newMailer(t, 'totals');
    await does(t, totals, 'updateBrand', { triadThird: 'TOTAL' });
    const view = await viewOf(t, totals, await newMail(t, totals));
    expect(view).toMatchObject({ subjectText: 'µ.0.1.11', triad: { actionMu: 10, third: 11 } });
  });

  test('shows zeros for a message that offers nothing', async () => {
    const plain = await newMail(t, other, { openMu: null, actionMuMax: null });
    const customer = { externalId: 'nobody yet' };
    await identify(t, other, customer);
    expect(await viewOf(t, other, plain, { customer })).toMatchObject({ subjectText: 'µ.0.0.0' });
  });

  test('shows no number to who has opted out, and leaves the other links', async () => {
    const customer = { externalId: 'kim' };
    await identify(t, brand, customer);
    await does(t, brand, 'optOutOfMu', { customer });
    expect(await viewOf(t, brand, mail, { customer })).toMatchObject({
      triad: null,
      subjectText: null,
      balanceShown: 'NONE',
      warState: 'OPTED_OUT',
      callToAction: null,
      footerUrl: null,
      pixelUrl: expect.stringContaining('/o/') as string,
      clickUrl: expect.stringContaining('/c/') as string,
    });
  });

  test('answers null for what the brand does not know', async () => {
    const theirs = await newMail(t, other);
    expect(await viewOf(t, brand, theirs)).toBeNull();
    expect(await viewOf(t, brand, 'msg_01h455vb4pex5vsknk084sn02q')).toBeNull();
    expect(await viewOf(t, brand, 'nonsense')).toBeNull();
    const customer = { email: 'stranger@example.in' };
    expect(await viewOf(t, brand, mail, { customer })).toBeNull();
  });

  test('is for keys with the scope MESSAGES', async () => {
    const reader = await keyWith(t, brand.apiKey, 'READ', 'CUSTOMERS');
    const call = viewOf(t, { ...brand, apiKey: reader }, mail);
    await expect(call).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const sender = await keyWith(t, brand.apiKey, 'MESSAGES');
    expect(await viewOf(t, { ...brand, apiKey: sender }, mail)).toMatchObject({ messageId: mail });
  });
});

describe('the links of a view', () => {
  const tokenOf = (url: string) => url.replace(/^.*\/[ofca]\/|\.(gif|png)$/g, '');
  const read = (purpose: 'open' | 'footer' | 'click' | 'amp', url: string, at = new Date()) =>
    linkTokens(t.service.config).read(purpose, tokenOf(url), at);

  test('name the one recipient, the message and the brand, each for its purpose', async () => {
    const view = await viewOf(t, brand, mail, { action: 'SURVEY' });
    const link = {
      brandId: brandKind.decode(brand.id),
      customerId: customerKind.decode(view['customerId']),
      messageId: messageKind.decode(mail),
      detail: null,
    };
    expect(read('open', view['pixelUrl'])).toEqual(link);
    expect(read('footer', view['footerUrl'])).toEqual(link);
    expect(read('amp', view['ampUrl'])).toEqual({ ...link, detail: 'SURVEY' });
    const detail = 'https://shop.example/offer?id=1';
    expect(read('click', view['clickUrl'])).toEqual({ ...link, detail });
    expect(read('click', view['pixelUrl'])).toBeNull();
  });

  test('begin with the address the world knows, and are the same when asked for again', async () => {
    t.service.config.publicUrl = 'https://mu.example/rewards';
    const view = await viewOf(t, brand, mail);
    expect(view['pixelUrl']).toMatch(/^https:\/\/mu\.example\/rewards\/o\/[\w.-]+\.gif$/);
    expect(view['footerUrl']).toMatch(/^https:\/\/mu\.example\/rewards\/f\/[\w.-]+\.png$/);
    expect(view['clickUrl']).toMatch(/^https:\/\/mu\.example\/rewards\/c\/[\w.-]+$/);
    expect(view['ampUrl']).toMatch(/^https:\/\/mu\.example\/rewards\/a\/[\w.-]+$/);
    expect(await viewOf(t, brand, mail)).toEqual(view);
    delete t.service.config.publicUrl;
    const here = await viewOf(t, brand, mail);
    expect(here['pixelUrl']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/o\//);
  });

  test('end some days after the offer does, and never later than the limit', () => {
    const now = new Date('2026-03-01T12:00:00Z');
    const day = 86_400_000;
    const { linkGraceDays, linkTokenDays } = defaultLimits;
    const expiresAt = new Date(now.getTime() + 7 * day);
    const days = (until: Date) => (until.getTime() - now.getTime()) / day;
    expect(days(linkExpiry({ expiresAt }, now, defaultLimits))).toBe(7 + linkGraceDays);
    const far = new Date(now.getTime() + 1000 * day);
    const longest = days(linkExpiry({ expiresAt: far }, now, defaultLimits));
    expect(longest).toBeLessThanOrEqual(linkTokenDays);
    expect(longest).toBeGreaterThan(linkTokenDays - 1);
    expect(days(linkExpiry({ expiresAt: null }, now, defaultLimits))).toBe(longest);
  });

  test.each([
    'https://evil.example/',
    '//shop.example/',
    '/path',
    'javascript:alert(1)//https://shop.example',
    'data:text/html,https://shop.example',
    'https://shop.example@evil.example/',
    'https://user@shop.example/',
    'https://shop.example.evil.example/',
    'http://shop.example/',
    'https://shop.example:8443/',
    'https:\\\\evil.example',
    'https://evil.example\\@shop.example/',
    '',
    ' ',
  ])('never lead to %j', async (to) => {
    const call = viewOf(t, brand, mail, { to });
    await expect(call).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('lead where a browser would understand them to lead', async () => {
    const view = await viewOf(t, brand, mail, { to: 'https://SHOP.example\\@evil.example/ä' });
    const link = read('click', view['clickUrl']);
    expect(link?.detail).toBe('https://shop.example/@evil.example/%C3%A4');
  });

  test('may be as long as the limit and no longer', async () => {
    const of = (length: number) => 'https://shop.example/'.padEnd(length, 'x');
    expect(await viewOf(t, brand, mail, { to: of(60) })).toMatchObject({ messageId: mail });
    const call = viewOf(t, brand, mail, { to: of(61) });
    await expect(call).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('messageRewardViews', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ externalId: `reader ${at % 5}` }));

  test('answers as messageRewardView does, in order, with null for strangers', async () => {
    const asha = { externalId: 'asha' };
    const { views } = await viewsOf(t, brand, mail, [asha, { externalId: 'nobody' }, asha]);
    const alone = await viewOf(t, brand, mail, { action: 'FORM' });
    expect(views).toHaveLength(3);
    expect(alone).toMatchObject(views[0] as object);
    expect(views[1]).toBeNull();
    expect(views[2]).toEqual(views[0]);
  });

  test('takes as many statements for a thousand as for one', async () => {
    for (let at = 0; at < 5; at += 1) {
      await identify(t, brand, { externalId: `reader ${at}` });
    }
    const { statements: forOne } = await viewsOf(t, brand, mail, many(1));
    const { statements, views } = await viewsOf(t, brand, mail, many(1000));
    expect(statements).toBe(forOne);
    expect(views.filter((view) => view === null)).toEqual([]);
  });

  test('takes as many as the limit and no more', async () => {
    expect((await viewsOf(t, brand, mail, many(1000))).views).toHaveLength(1000);
    const call = viewsOf(t, brand, mail, many(1001));
    await expect(call).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('lets others have their turn while it signs', async () => {
    let turns = 0;
    let counting = true;
    const count = (): void => {
      turns += 1;
      if (counting) setImmediate(count);
    };
    const loaded = linkLoader(t.service.contextFor({ kind: 'anonymous' }, 'r', t.service.log));
    const parties = { brandId: uuid, customerId: uuid, messageId: uuid };
    const wanted = Array.from({ length: 1000 }, (_, at) =>
      loaded.load({ purpose: 'amp', ...parties, detail: `x${at}`, expiresAt: new Date() }),
    );
    setImmediate(count);
    await Promise.all(wanted);
    counting = false;
    expect(turns).toBeGreaterThanOrEqual(3);
  });
});
