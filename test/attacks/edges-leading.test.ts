import { browser, sender, startMailed, type Mailed, type MailLinks } from '../server/edges/mail';
import { minted, pathOf, seen, stored } from './edges';

let m: Mailed;
let links: MailLinks;

beforeAll(async () => {
  m = await startMailed();
  links = await m.mail();
});
afterAll(() => m.t.close());

describe('a redirect', () => {
  test.each([
    '//evil.example',
    'https:evil.example',
    '\\\\evil.example',
    'https:\\\\evil.example',
    '/\\evil.example',
    'https://shop.example@evil.example/',
    'https://shop.example:443@evil.example/',
    'https://user:word@shop.example/',
    'https://shop.example.evil.example/',
    'https://evilshop.example/',
    'http://shop.example/',
    'https://shop.example:444/',
    'https://ѕhop.example/',
    'https://shop。example.evil.example/',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//https://shop.example',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'ftp://shop.example/',
    'https://[::1]/',
    'https://',
    ' ',
  ])('never leads to %j, even when the service itself has signed it', async (detail) => {
    const answer = await m.get(pathOf.click(minted(m, links, 'click', { detail })));
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(seen(answer)).toEqual(seen(await m.get('/c/nonsense')));
  });

  test('cannot be made to carry another header', async () => {
    const detail = 'https://shop.example/\r\nset-cookie: a=b\r\n\r\n<script>';
    const answer = await m.get(pathOf.click(minted(m, links, 'click', { detail })));
    expect(answer.headers.get('location')).toBe(
      'https://shop.example/set-cookie:%20a=b%3Cscript%3E',
    );
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('takes nothing from the address but its token', async () => {
    for (const more of [
      '?to=https://evil.example',
      '?url=//evil.example',
      '#https://evil.example',
    ]) {
      const answer = await m.get(links.click + more);
      expect(answer.headers.get('location')).toBe('https://shop.example/offer?id=1');
    }
    expect((await m.get(`${links.click}/https://evil.example`, browser)).status).toBe(404);
  });
});

describe('a form', () => {
  const google = 'https://mail.google.com';
  const source = (name: string) => `${links.form}?__amp_source_origin=${encodeURIComponent(name)}`;

  test.each<[string, () => string, Record<string, string>]>([
    ['of nobody', () => links.form, {}],
    ['of another sender', () => links.form, { 'amp-email-sender': 'offers@evil.example' }],
    ['of anybody', () => links.form, { 'amp-email-sender': '*' }],
    ['of two senders', () => links.form, { 'amp-email-sender': `${sender}, x@evil.example` }],
    ['of a sender like ours', () => links.form, { 'amp-email-sender': `x${sender}` }],
    ['from a page of somebody', () => source(sender), { origin: 'https://evil.example' }],
    ['from a page like a client', () => source(sender), { origin: `${google}.evil.example` }],
    ['from no page', () => source(sender), {}],
    ['from a page without origin', () => source(sender), { origin: 'null' }],
    ['of another older sender', () => source('x@evil.example'), { origin: google }],
    ['of a client, of no sender', () => links.form, { origin: google }],
    [
      'of a bad sender beside a good older one',
      () => source(sender),
      { origin: google, 'amp-email-sender': 'offers@evil.example' },
    ],
  ])('%s is refused without a word to the mail', async (_, path, headers) => {
    const before = await stored(m);
    const answer = await m.post(path(), { q: '1' }, headers);
    expect([answer.status, answer.codes]).toEqual([403, ['FORBIDDEN']]);
    const told = [...answer.headers.keys()].filter((name) => /^(amp-|access-control-)/.test(name));
    expect(told).toEqual([]);
    expect(await stored(m)).toBe(before);
  });

  test('of a sender twice in the address is refused', async () => {
    const path = `${source(sender)}&__amp_source_origin=x@evil.example`;
    expect((await m.post(path, {}, { origin: google })).status).toBe(403);
  });

  test('cannot put a header into the answer', async () => {
    const path = source(`${sender}\r\nset-cookie: a=b`);
    const answer = await m.post(path, {}, { origin: google });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
  });

  test('is URL-encoded, whatever else it says', async () => {
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/plain']) {
      const headers = { 'content-type': type, 'amp-email-sender': sender };
      const answer = await m.t.fetch(links.form, { method: 'POST', body: '{"q":1}', headers });
      expect([type, answer.status]).toEqual([type, 415]);
    }
  });
});
