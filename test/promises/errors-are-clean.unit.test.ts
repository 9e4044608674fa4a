import { assertClean, findUnclean } from '../support/assert-clean';

const error = (message: string, extensions: object = { code: 'INTERNAL' }) => ({
  errors: [{ message, extensions }],
});
const refusal = (code: string, message: string) => ({
  data: { redeem: { userErrors: [{ code, message }] } },
});

describe('an answer is unclean when a sentence of it speaks of (P20)', () => {
  it.each([
    ['a statement', 'cannot run SELECT id FROM wallets WHERE brand_id = 7'],
    ['the database', 'duplicate key value violates unique constraint "brands_slug_key"'],
    ['the database', 'Failing row contains (7, meera@example.in)'],
    ['the database', 'invalid byte sequence for encoding "UTF8": 0x00'],
    ['the database', 'canceling statement due to lock timeout'],
    ['a library', 'QueryFailedError: 22P02'],
    ['a socket', 'connect ECONNREFUSED'],
    ['a place', 'cannot reach postgres://owner@db'],
    ['a place', 'nobody listens at 127.0.0.1:5432'],
    ['a place', 'cannot open /etc/service.conf'],
    ['a file', 'thrown in main.js:12'],
    ['a stack', 'boom\n    at Posting.flush (posting.ts:1:2)'],
    ['JavaScript', "TypeError: Cannot read properties of null (reading 'id')"],
    ['JavaScript', 'brand undefined is not known'],
    ['what might be', 'Unknown field. Did you mean "wallet"?'],
    ['markup', '<html><body>Bad gateway'],
  ])('%s: %s', (what, message) => {
    const unclean = expect.stringContaining(`speaks of ${what}`) as string;
    expect(findUnclean(error(message))).toContainEqual(unclean);
    expect(findUnclean(refusal('NOT_FOUND', message))).toContainEqual(unclean);
    expect(() => assertClean(error(message))).toThrow('not clean');
  });
});

describe('an answer is unclean when it (P20)', () => {
  it('speaks in an extension', () => {
    const told = { code: 'INTERNAL', exception: { cause: 'violates foreign key constraint' } };
    expect(findUnclean(error('Something went wrong', told))).toHaveLength(1);
  });

  it('has no code, or one that no registry knows', () => {
    expect(findUnclean(error('No.', {}))).toHaveLength(1);
    expect(findUnclean(error('No.', { code: 'E_GENERIC' }))).toHaveLength(1);
    expect(findUnclean(refusal('OOPS', 'No.'))).toHaveLength(1);
  });

  it('hands back what the client had sent', () => {
    const sent = { input: { email: 'meera@example.in' } };
    expect(findUnclean(error('meera@example.in is taken'), { sent })).toHaveLength(1);
  });

  it('holds a secret, wherever that stands', () => {
    const body = { data: { me: { name: 'the secret of the house' } } };
    expect(findUnclean(body, { canaries: ['secret of the house'] })).toHaveLength(1);
  });
});

it('an answer is clean that says what was wrong, and tells a client of its own rows (P20)', () => {
  const description = 'SELECT a FROM b WHERE c';
  const userErrors = [{ code: 'INVALID_VALUE', message: 'Must be from 1 to 10000.' }];
  const message = 'Variable "$input" has an invalid value at "input.amount".';
  const body = {
    data: { redeem: { userErrors, redemption: { description } } },
    ...error(message, { code: 'BAD_USER_INPUT' }),
  };
  expect(findUnclean(body, { canaries: ['hidden'], sent: { description } })).toEqual([]);
});
