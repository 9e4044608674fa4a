import { serviceSchemas } from '../../src/server/create-service';
import type { Answer } from '../support/http-service';
import { newKey } from '../support/test-service';
import { validArguments } from './samples';
import { inputPlaces, rootFields, withValue } from './schema-walk';
import { someOf } from './some-of';
import { bearerFor, runRoot, settlingMs, startWorld, type World } from './world';

const { publicSchema, sdl } = serviceSchemas();
const keyed = rootFields(publicSchema, sdl).filter(({ field }) =>
  inputPlaces(field.args).some(({ path }) => path.at(-1) === 'idempotencyKey'),
);

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

const document = `mutation ($input: UpsertEarnRuleInput!) {
  upsertEarnRule(input: $input) { earnRule { id version } replayed userErrors { code } } }`;

function publish(idempotencyKey: string, bearer = w.a.key, amount = 3): Promise<Answer> {
  const input = { name: 'a rule', action: 'SCAN', amount, idempotencyKey };
  return w.t.ask(document, { input }, bearer);
}

const unusable: Record<string, string> = {
  'no character': '',
  '1 character': '1',
  '7 characters': '1234567',
  '201 characters': 'k'.repeat(201),
  '10 KB': 'k'.repeat(10_240),
  'a NUL': 'key-with-\0-in-it',
  'a tab': 'key-with-\t-in-it',
  'a line feed at its end': 'key-with-a-line-feed\n',
  'a DEL': 'key-with-\x7f-in-it',
  'an accent': 'clé-qui-va-bien',
  'an emoji': 'key-🔑🔑🔑🔑',
  'digits of another script': '١٢٣٤٥٦٧٨٩',
  'a no-break space': 'key\u00a0with\u00a0spaces',
  'half a surrogate pair': 'key-with-\ud83d-in-it',
  'a direction override': 'key-\u202e-reversed',
};

test.each(Object.entries(unusable).map(([what, key], at) => [what, key, at] as const))(
  'a key with %s is no key, for any mutation (I4)',
  async (_, key, at) => {
    for (const root of someOf(keyed, 20, at)) {
      const place = inputPlaces(root.field.args).find(
        ({ path }) => path.at(-1) === 'idempotencyKey',
      );
      const args = withValue(root.field.args, validArguments(root, w.a), place?.path ?? [], key);
      const answer = await runRoot(w.t, root, args, bearerFor(w, root));
      expect([root.name, answer.codes]).toEqual([root.name, ['BAD_USER_INPUT']]);
    }
  },
);

test.each([
  'k'.repeat(8),
  `${'k'.repeat(199)}${newKey().slice(0, 1)}`,
  ' '.repeat(8),
  `"quoted",'single',\\,{},NULL`,
  '%_%_%_%_%_',
  '00000000-0000-0000-0000-000000000000 x',
])('the key %j is a key like any other (I4)', async (key) => {
  const first = await publish(key);
  expect(first.data['upsertEarnRule']).toMatchObject({ replayed: false, userErrors: [] });
  const again = await publish(key);
  expect(again.data['upsertEarnRule']).toEqual({ ...first.data['upsertEarnRule'], replayed: true });
  const longer = `${key} `.slice(0, 200);
  const other = await publish(longer, w.a.key, 4);
  const expected = longer === key ? ['IDEMPOTENCY_KEY_REUSED'] : [];
  const refusals = other.data['upsertEarnRule'].userErrors as { code: string }[];
  expect(refusals.map(({ code }) => code)).toEqual(expected);
});

test('predictable keys of different callers never meet (I4)', async () => {
  const answers = [];
  for (const bearer of [w.a.key, w.b.key]) {
    const answer = await publish('00000001', bearer);
    answers.push(answer.data['upsertEarnRule']);
  }
  const token = await w.t.ask(
    `mutation ($input: RedeemInput!) { redeem(input: $input) { replayed userErrors { code } } }`,
    { input: { amount: 1, description: 'x', idempotencyKey: '00000001' } },
    w.token,
  );
  for (const answer of answers) expect(answer).toMatchObject({ replayed: false, userErrors: [] });
  expect(answers[0].earnRule.id).not.toBe(answers[1].earnRule.id);
  expect(token.data['redeem'].userErrors).toEqual([{ code: 'INSUFFICIENT_MU' }]);
});
