import { customerId as customerKind } from '../../src/customers';
import { messageId as messageKind } from '../../src/messages';
import type { LinkPurpose } from '../../src/platform/auth/link-token';
import { pino } from 'pino';
import { newMailer, does, newMail, viewOf } from '../message-view/mail';
import {
  browser,
  linksOf,
  sender,
  startMailed,
  type Mailed,
  type MailLinks,
} from '../server/edges/mail';
import { minted, pathOf, seen, stored, tokenOf, until } from './edges';

const written: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void written.push(line) });

let m: Mailed;
let links: MailLinks;
/** The links of another brand's mail to the same person. */
let theirs: MailLinks;

beforeAll(async () => {
  m = await startMailed({ log });
  links = await m.mail();
  const other = await newMailer(m.t, 'kite');
  theirs = await linksOf(m.t, other, await newMail(m.t, other));
});
afterAll(() => m.t.close());

/** Tokens none of which is good for a purpose. */
function badTokens(purpose: LinkPurpose): Record<string, string> {
  const own = { open: links.pixel, footer: links.footer, click: links.click, amp: links.form };
  const good = tokenOf(own[purpose]);
  const others = Object.entries(own).filter(([name]) => name !== purpose);
  const detail = { open: null, footer: null, click: 'https://shop.example/', amp: 'SURVEY' }[
    purpose
  ];
  const [payload = '', signature = ''] = good.split('.');
  return {
    'nothing before the point': `.${signature}`,
    'nothing after the point': `${payload}.`,
    tampered: `${payload.slice(0, 9)}${payload[9] === 'A' ? 'B' : 'A'}${payload.slice(10)}.${signature}`,
    'with another signature': `${payload}.${tokenOf(theirs.pixel).split('.')[1]}`,
    truncated: good.slice(0, -1),
    'written twice': good + good,
    'of 10 kB': 'x'.repeat(10_240),
    'of 10 kB with a good end': `${'x'.repeat(10_000)}.${signature}`,
    'double-encoded': good.replace('.', '%252E'),
    'with a space': `${good}%20`,
    'with a line break': `${good}%0d%0aset-cookie:%20a=b`,
    'with a NUL': `${good}%00`,
    'in another alphabet': '%C2%B5.%F0%9F%98%80',
    'a path out': '..%2f..%2fetc%2fpasswd',
    'a customer token': 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhIjoxfQ.c2lnbmF0dXJl',
    'signed by somebody else': minted(m, links, purpose, {
      detail,
      secret: 'a secret nobody here has',
    }),
    expired: minted(m, links, purpose, { detail, expiresAt: new Date(Date.now() - 1000) }),
    ...Object.fromEntries(others.map(([name, path]) => [`for ${name}`, tokenOf(path)] as const)),
  };
}

describe('a token that is no good', () => {
  test('at the pixel is answered as a good one is, and recorded by nobody', async () => {
    const { pixel } = await m.mail();
    const good = seen(await m.get(pixel));
    const before = await stored(m);
    for (const [why, token] of Object.entries(badTokens('open'))) {
      expect([why, seen(await m.get(pathOf.open(token)))]).toEqual([why, good]);
    }
    expect(await stored(m)).toBe(before);
  });

  test.each<[LinkPurpose, number]>([
    ['footer', 200],
    ['click', 400],
    ['amp', 400],
  ])('for %s gets one same answer whatever is wrong with it', async (purpose, status) => {
    const before = await stored(m);
    const ask = (token: string) =>
      purpose === 'amp'
        ? m.post(pathOf.amp(token), { q: '1' })
        : m.get(pathOf[purpose](token), browser);
    const first = seen(await ask('nonsense'));
    expect(first.status).toBe(status);
    for (const [why, token] of Object.entries(badTokens(purpose))) {
      expect([why, seen(await ask(token))]).toEqual([why, first]);
    }
    expect(await stored(m)).toBe(before);
  });

  test('with another ending, or none, is no better', async () => {
    const before = await stored(m);
    const none = await m.get(links.footer.replace('.png', '.gif'));
    expect(none.text).toBe((await m.get('/f/nonsense.png')).text);
    await m.get(links.pixel.replace('.gif', ''));
    await m.get(links.pixel.replace('.gif', '.GIF'));
    expect(await stored(m)).toBe(before);
  });
});

describe('a token of another brand, or about what is not there', () => {
  test('records nothing with a message of a brand that is not its own', async () => {
    const before = await stored(m);
    const asha = await viewOf(m.t, m.brand, links.messageId);
    const customerId = customerKind.decode(asha['customerId']) as string;
    const messageId = messageKind.decode(theirs.messageId) as string;
    await m.get(pathOf.open(minted(m, links, 'open', { customerId, messageId })));
    const form = minted(m, links, 'amp', { customerId, messageId, detail: 'SURVEY' });
    expect((await m.post(pathOf.amp(form), {})).codes).toEqual(['BAD_REQUEST']);
    expect(await stored(m)).toBe(before);
  });

  test('records nothing of a customer who is not there', async () => {
    const before = await stored(m);
    expect((await m.get(pathOf.open(minted(m, links, 'open')))).status).toBe(200);
    const form = await m.post(pathOf.amp(minted(m, links, 'amp', { detail: 'SURVEY' })), {});
    expect(form.codes).toEqual(['BAD_REQUEST']);
    expect(await stored(m)).toBe(before);
  });

  test('pays out of its own brand only', async () => {
    const before = await m.balance();
    await m.get(theirs.pixel);
    await m.get(theirs.click);
    expect(await m.balance()).toBe(before);
  });
});

describe('a method nobody offered', () => {
  test.each<[string, string, number]>([
    ['POST', 'pixel', 405],
    ['DELETE', 'pixel', 405],
    ['POST', 'footer', 405],
    ['POST', 'click', 405],
    ['GET', 'form', 405],
    ['HEAD', 'form', 405],
  ])('%s at the %s is refused, for good and bad tokens alike', async (method, name, status) => {
    const before = await stored(m);
    const path = links[name as 'pixel'];
    const good = await m.get(path, browser, { method });
    const bad = await m.get(path.replace(/\/[^/]+$/, '/nonsense'), browser, { method });
    expect([good.status, seen(good)]).toEqual([status, seen(bad)]);
    expect(await stored(m)).toBe(before);
  });
});

describe('one link at once from many', () => {
  test('64 loads of a pixel are one open, paid once', async () => {
    const { pixel, messageId } = await m.mail();
    const before = await m.balance();
    const loads = Array.from({ length: 64 }, () => m.get(pixel));
    for (const { status } of await Promise.all(loads)) expect(status).toBe(200);
    await until(async () => (await m.events(messageId)).length > 0);
    expect(await m.events(messageId)).toHaveLength(1);
    expect((await m.balance()) - before).toBe(1);
  });

  test('64 posts of a form are one event, paid once, and 64 equal answers', async () => {
    const { form, messageId } = await m.mail();
    const before = await m.balance();
    const posts = Array.from({ length: 64 }, () => m.post(form, { q: 'yes' }));
    const answers = new Set((await Promise.all(posts)).map(({ text }) => text));
    expect([...answers]).toEqual([
      JSON.stringify({ balance: before + 10, granted: 10, state: 'ACTIVATE' }),
    ]);
    expect(await m.events(messageId)).toHaveLength(1);
  });

  test('pixel, footer, click and form together pay each thing once', async () => {
    const mail = await m.mail();
    const before = await m.balance();
    const all = Array.from({ length: 12 }, () => [
      m.get(mail.pixel),
      m.get(mail.footer),
      m.get(mail.click),
      m.post(mail.form, { q: 'yes' }),
    ]);
    await Promise.all(all.flat());
    await until(async () => (await m.events(mail.messageId)).length === 3);
    // The action maximum of the mail is 10, of which the click and the survey take what comes first.
    expect((await m.balance()) - before).toBe(1 + 10);
  });
});

test('no token, address or field of a mail is in the log', async () => {
  const fields = { word: 'canary-of-the-form' };
  await m.get(links.pixel, 'canary-of-the-agent');
  await m.post(links.form, fields);
  await m.get(`/c/canary-of-the-token`);
  const text = written.join('');
  expect(text).toContain('"route":"/o/:name"');
  expect(text).not.toMatch(/canary/);
  for (const path of Object.values(links)) expect(text).not.toContain(tokenOf(path as string));
  const metrics = await m.t.fetch('/metrics');
  for (const path of Object.values(links)) {
    expect(metrics.text).not.toContain(tokenOf(path as string));
  }
});

test('the address of a brand’s form senders reaches no other brand', async () => {
  await does(m.t, m.brand, 'updateBrand', { ampSenders: [sender] });
  const document = 'query ($id: ID!) { brand(id: $id) { ampSenders } }';
  const other = await m.t.createBrand('curious');
  const { data } = await m.t.run(document, { id: m.brand.id }, other.apiKey);
  expect(data['brand']).toBeNull();
});
