import { send, startWorld, type World } from './world';

let w: World;
let asha: string;

/** Who this is to brand A: the person's id, or the code of the refusal. */
async function identified(by: Record<string, unknown>): Promise<string> {
  const { customer, userErrors } = await send(w.t, w.a.key, 'identifyCustomer', by);
  if (customer === null) return (userErrors as { code: string }[])[0]?.code ?? 'nothing';
  return (customer as { id: string }).id;
}

async function found(by: Record<string, unknown>): Promise<string | null> {
  const document = 'query ($by: CustomerBy!) { customer(by: $by) { id } }';
  const { data } = await w.t.ask(document, { by }, w.a.key);
  return (data['customer'] as { id: string } | null)?.id ?? null;
}

beforeAll(async () => {
  w = await startWorld();
  asha = await identified({ email: 'asha.k@example.in', phone: '+919820011111' });
});

afterAll(() => w.close());

test.each([
  'asha.k@example.in',
  'ASHA.K@EXAMPLE.IN',
  'Asha.K@Example.In',
  ' asha.k@example.in ',
  '\u3000asha.k@example.in',
  'ａsha.k@example.in',
  'asha.k＠example．in',
  'asha.\u212a@example.in',
  '𝐚𝐬𝐡𝐚.k@example.in',
])('%j is another spelling of the one address (V7, V8)', async (email) => {
  expect(await identified({ email })).toBe(asha);
  expect(await found({ email })).toBe(asha);
});

test.each([
  ['a Cyrillic letter', '\u0430sha.k@example.in'],
  ['a Cyrillic letter in the domain', 'asha.k@ex\u0430mple.in'],
  ['a Greek letter', 'asha.\u03ba@example.in'],
  ['a dotted capital', 'ASHA.K@EXAMPLE.\u0130N'],
  ['a dotless letter', 'asha.k@example.\u0131n'],
  ['a direction mark', 'asha.k\u200f@example.in'],
  ['a joiner', 'asha\u200d.k@example.in'],
  ['a soft hyphen', 'asha\u00ad.k@example.in'],
  ['an invisible space', 'asha\u200b.k@example.in'],
  ['a variation selector', 'asha.k\ufe0f@example.in'],
  ['an accent', 'ásha.k@example.in'],
  ['an ideographic full stop', 'asha.k@example\u3002in'],
  ['a NUL', 'asha.k\0@example.in'],
  ['half a surrogate pair', 'asha.k\ud800@example.in'],
  ['quotes', '"asha.k"@example.in'],
  ['quotes with a space', '"asha k"@example.in'],
  ['a comment', 'asha.k(work)@example.in'],
  ['a display name', 'Asha <asha.k@example.in>'],
  ['two addresses', 'asha.k@example.in,b@example.in'],
  ['two signs', 'asha@k@example.in'],
  ['no local part', '@example.in'],
  ['no domain', 'asha.k@'],
  ['no dot in the domain', 'asha.k@localhost'],
  ['an address of a machine', 'asha.k@[127.0.0.1]'],
  ['a dot at the end', 'asha.k@example.in.'],
  ['two dots', 'asha..k@example.in'],
  ['a dot first', '.asha@example.in'],
  ['a local part of 65', `${'a'.repeat(65)}@example.in`],
  ['a label of 64', `a@${'d'.repeat(64)}.in`],
  ['a line feed', 'asha.k@example.in\nbcc: x@example.in'],
  ['nothing', ''],
  ['50,000 dots', `a@${'a.'.repeat(400)}in`],
])('an address with %s is none (V7, V8)', async (_, email) => {
  expect(await identified({ email })).toBe('INVALID_EMAIL');
  expect(await found({ email })).toBeNull();
});

test.each([
  ['a tag', 'asha.k+offers@example.in'],
  ['other dots', 'ashak@example.in'],
  ['a domain in punycode', 'asha.k@xn--exmple-cua.in'],
  ['a subdomain', 'asha.k@mail.example.in'],
])('an address with %s is somebody else (V8)', async (_, email) => {
  expect(await found({ email })).toBeNull();
  const other = await identified({ email });
  expect(other).toMatch(/^cus_/);
  expect(other).not.toBe(asha);
});

test('an address has at most 254 characters (V8)', async () => {
  const label = 'd'.repeat(63);
  const domain = `${label}.${label}.${label}`;
  const longest = `${'a'.repeat(254 - domain.length - 1)}@${domain}`;
  expect(longest).toHaveLength(254);
  expect(await identified({ email: longest })).toMatch(/^cus_/);
  expect(await identified({ email: `a${longest}` })).toBe('INVALID_EMAIL');
});

test.each([
  '+919820011111',
  '+91 98200 11111',
  '+91-98200-11111',
  '+91 (98200) 11111',
  ' +919820011111 ',
  '＋９１９８２０００１１１１１'.replace('０００', '００'),
])('%j is another spelling of the one number (V8)', async (phone) => {
  expect(await identified({ phone })).toBe(asha);
  expect(await found({ phone })).toBe(asha);
});

test.each([
  ['no country code', '9820011111'],
  ['an extension', '+919820011111;ext=5'],
  ['an extension in words', '+91 98200 11111 ext. 5'],
  ['too few digits', '+91982001'],
  ['too many digits', '+9198200111111111'],
  ['a country nobody has', '+999820011111'],
  ['letters', '+91 98200 HELLO'],
  ['something before it', 'call +919820011111'],
  ['something after it', '+919820011111 or another'],
  ['a NUL', '+9198200\x0011111'],
  ['nothing', ''],
  ['a plus', '+'],
  ['1,000 digits', `+91${'9'.repeat(997)}`],
])('a number with %s is none (V8)', async (_, phone) => {
  expect(await identified({ phone })).toBe('INVALID_PHONE');
  expect(await found({ phone })).toBeNull();
});

test('nobody who looks the same has been made twice (V7)', async () => {
  const rows = await w.t.database.query<{ value: string }>(`SELECT value FROM identities`);
  for (const { value } of rows) expect(value).toMatch(/^[\x21-\x7e]+$/);
  const folded = rows.map(({ value }) => value.normalize('NFKC').toLowerCase());
  expect(new Set(folded).size).toBe(rows.length);
});

test.each(['email', 'phone'])(
  'a %s that takes long to read is refused for its length (Q15)',
  async (kind) => {
    const document = `mutation ($input: IdentifyCustomerInput!) {
    identifyCustomer(input: $input) { userErrors { code } } }`;
    const ask = (length: number) => {
      const input = {
        [kind]: 'a@'.padEnd(length, 'a.'),
        idempotencyKey: `length ${length} ${kind}`,
      };
      return w.t.ask(document, { input }, w.a.key);
    };
    const taken = await ask(1000);
    const code = `INVALID_${kind.toUpperCase()}`;
    expect(taken.data['identifyCustomer'].userErrors).toEqual([{ code }]);
    const refused = await ask(1001);
    expect([refused.status, refused.codes]).toEqual([400, ['BAD_USER_INPUT']]);
    expect((await ask(100_000)).codes).toEqual(['BAD_USER_INPUT']);
  },
);
