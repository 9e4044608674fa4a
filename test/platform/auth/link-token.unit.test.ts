import { createHmac } from 'node:crypto';
import { LinkTokens, linkPurposes, type Link } from '../../../src/platform/auth/link-token';
import { deriveKey } from '../../../src/platform/auth/secrets';
import { idKind } from '../../../src/platform/ids';
import { defaultLimits } from '../../../src/platform/limits';

const secret = 'the token secret of this test';
const tokens = new LinkTokens(secret, defaultLimits);
const uuid = () => idKind('any').create();
const now = new Date('2026-03-01T12:00:00Z');
const day = 86_400_000;
const inDays = (days: number) => new Date(now.getTime() + days * day);
const link: Link = { brandId: uuid(), customerId: uuid(), messageId: uuid(), detail: null };
const linkFor = (purpose: string): Link => ({
  ...link,
  detail: purpose === 'click' ? 'https://shop.example/' : purpose === 'amp' ? 'SURVEY' : null,
});

/** A token signed with our own key whatever it says. */
function forged(claims: string, purpose = 'open', header = '{"alg":"HS256"}'): string {
  const encoded = (text: string) => Buffer.from(text).toString('base64url');
  const signed = `${encoded(header)}.${encoded(claims)}`;
  const key = deriveKey(secret, `link-token ${purpose}`);
  const signature = createHmac('sha256', key).update(signed).digest('base64url');
  return `${encoded(claims)}.${signature}`;
}

const bytes = [link.brandId, link.customerId, link.messageId].join('').replaceAll('-', '');
const r = Buffer.from(bytes, 'hex').toString('base64url');
const exp = inDays(1).getTime() / 1000;

describe('a link token', () => {
  it.each(linkPurposes)('for %s says whose link it is', (purpose) => {
    const token = tokens.mint(purpose, linkFor(purpose), inDays(7));
    expect(tokens.read(purpose, token, now)).toEqual(linkFor(purpose));
  });

  it('is short, the same for the same link, and can stand in an address as it is', () => {
    const token = tokens.mint('open', link, inDays(7));
    expect(token).toBe(tokens.mint('open', link, inDays(7)));
    expect(token.length).toBeLessThan(180);
    expect(encodeURIComponent(token)).toBe(token);
  });

  it('is worth nothing for another purpose', () => {
    for (const purpose of linkPurposes) {
      const token = tokens.mint(purpose, linkFor(purpose), inDays(7));
      const others = linkPurposes.filter((other) => other !== purpose);
      for (const other of others) expect(tokens.read(other, token, now)).toBeNull();
    }
  });

  it('works until its moment and no second longer', () => {
    const token = tokens.mint('open', link, inDays(7));
    expect(tokens.read('open', token, new Date(inDays(7).getTime() - 1000))).toEqual(link);
    expect(tokens.read('open', token, inDays(7))).toBeNull();
  });

  it('lives as long as the limit and not a day longer, whoever signed it', () => {
    const longest = defaultLimits.linkTokenDays;
    const [most, more] = [longest, longest + 1].map((days) =>
      tokens.mint('open', link, inDays(days)),
    );
    expect(tokens.read('open', most as string, now)).toEqual(link);
    expect(tokens.read('open', more as string, now)).toBeNull();
  });

  it('of another secret is worth nothing', () => {
    const others = new LinkTokens('another secret of this test', defaultLimits);
    expect(tokens.read('open', others.mint('open', link, inDays(1)), now)).toBeNull();
  });

  it('is exactly what was signed: no character can be changed, left out or added', () => {
    const token = tokens.mint('open', link, inDays(7));
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect([at, tokens.read('open', changed, now)]).toEqual([at, null]);
      expect(tokens.read('open', token.slice(0, at), now)).toBeNull();
    }
    for (const added of [`${token}A`, `A${token}`, `${token}=`, `${token}.`, ` ${token}`]) {
      expect(tokens.read('open', added, now)).toBeNull();
    }
  });

  it('can be forged in this test, so that what follows is refused for what it says', () => {
    expect(tokens.read('open', forged(JSON.stringify({ r, exp })), now)).toEqual(link);
  });

  it.each([
    ['no recipient', JSON.stringify({ exp })],
    ['no end', JSON.stringify({ r })],
    ['an end that is no number', JSON.stringify({ r, exp: 'never' })],
    ['an end between seconds', JSON.stringify({ r, exp: exp + 0.5 })],
    ['a shorter recipient', JSON.stringify({ r: r.slice(1), exp })],
    ['a detail where none belongs', JSON.stringify({ r, x: 'SURVEY', exp })],
    ['another claim', JSON.stringify({ r, exp, sub: 'x' })],
    ['a claim twice', `{"r":"${r}","exp":1,"exp":${exp}}`],
    ['spaces', JSON.stringify({ r, exp }, null, 1)],
    ['a list', '[]'],
    ['null', 'null'],
    ['no JSON', 'x'],
  ])('with %s is refused', (_, claims) => {
    expect(tokens.read('open', forged(claims), now)).toBeNull();
  });

  it('needs its detail where its purpose does', () => {
    expect(tokens.read('click', forged(JSON.stringify({ r, exp }), 'click'), now)).toBeNull();
    expect(() => tokens.mint('click', link, inDays(1))).toThrow(RangeError);
    expect(() => tokens.mint('open', linkFor('amp'), inDays(1))).toThrow(RangeError);
  });

  it('cannot choose how it is signed', () => {
    const claims = JSON.stringify({ r, exp });
    expect(tokens.read('open', forged(claims, 'open', '{"alg":"none"}'), now)).toBeNull();
    const [payload] = forged(claims).split('.');
    expect(tokens.read('open', `${payload}.`, now)).toBeNull();
    expect(tokens.read('open', `eyJhbGciOiJIUzI1NiJ9.${forged(claims)}`, now)).toBeNull();
  });

  it('is refused when it is empty, huge or nonsense, without a throw', () => {
    for (const text of ['', '.', '..', 'a.b', 'x'.repeat(10_240), '\0', '%2e', 'µ.µ']) {
      expect(tokens.read('open', text, now)).toBeNull();
    }
  });
});
