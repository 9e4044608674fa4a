import { startHttpService, type HttpService } from '../support/http-service';
import { long } from '../support/long';
import { newKey, type Data } from '../support/test-service';
import { Chance } from './economy/chance';
import { ImpatientClient, type Sent } from './impatient-client';
import { codesOf } from './operations';
import { Scene } from './scene';
import { findFaults, type Line, type Told } from './wallet-history';

const workers = 16;
const turns = long ? 120 : 12;
const plenty = 10 ** 9;
const limits = { customerBucket: plenty, brandBucket: plenty };

let first: HttpService;
let second: HttpService;
let clients: ImpatientClient[];

beforeAll(async () => {
  first = await startHttpService({ limits });
  second = await startHttpService({ limits, database: first.database });
  clients = [first, second].map(({ url }) => new ImpatientClient(url));
});

afterAll(async () => {
  for (const client of clients) client.close();
  await second.close();
  await first.close();
});

const line = '{ number amount balanceAfter }';
const ending = 'replayed userErrors { code }';
const documents = {
  recordAttention: `mutation ($input: RecordAttentionInput!) { recordAttention(input: $input) {
    grants { entry ${line} } ${ending} } }`,
  redeem: `mutation ($input: RedeemInput!) { redeem(input: $input) {
    redemption { id } transfer { entries ${line} } ${ending} } }`,
  cancelRedemption: `mutation ($input: CancelRedemptionInput!) { cancelRedemption(input: $input) {
    transfer { entries ${line} } ${ending} } }`,
};

type Write = keyof typeof documents;

/** Everything that is asked of one wallet, and what became of it. */
class Storm {
  readonly told: Told[] = [];
  /** Of what was lost: how much had been done when it was sent again. */
  replayed = 0;
  private readonly lost: { write: Write; sent: number; operation: Sent }[] = [];
  private readonly held: string[] = [];
  private tick = 0;

  constructor(
    private readonly externalId: string,
    private readonly token: string,
    private readonly brands: readonly Scene[],
  ) {}

  /** Does one thing after another; some answers are not waited for. */
  async work(worker: number): Promise<void> {
    const chance = new Chance(worker + 1);
    const client = clients[worker % 2] as ImpatientClient;
    for (let turn = 0; turn < turns; turn += 1) {
      const { write, operation } = this.draw(chance);
      const hangUpMs = chance.below(3) === 0 ? chance.below(40) : undefined;
      const sent = (this.tick += 1);
      const data = await client.send(operation, hangUpMs);
      if (data === null) this.lost.push({ write, sent, operation });
      else this.hear(write, sent, operation, data);
    }
  }

  /** Sends again whatever was not answered, by its key, until it is. */
  async findOut(): Promise<number> {
    for (const [at, { write, sent, operation }] of this.lost.entries()) {
      let data: Data | null = null;
      while (data === null) data = await (clients[at % 2] as ImpatientClient).send(operation);
      if (data[write].replayed === true) this.replayed += 1;
      this.hear(write, sent, operation, data);
    }
    return this.lost.length;
  }

  private draw(chance: Chance): { write: Write; operation: Sent } {
    const kind = chance.below(5);
    const id = kind === 0 ? this.held.shift() : undefined;
    if (id !== undefined) return this.operation('cancelRedemption', this.token, { id });
    if (kind < 3) {
      const input = { amount: 1 + chance.below(12), description: 'a cup of tea' };
      return this.operation('redeem', this.token, input);
    }
    const customer = { externalId: this.externalId };
    const { apiKey } = chance.of(this.brands).brand;
    return this.operation('recordAttention', apiKey, { customer, action: 'SCAN' });
  }

  private operation(write: Write, bearer: string, rest: Data) {
    const input = { ...rest, idempotencyKey: newKey() };
    return { write, operation: { bearer, query: documents[write], variables: { input } } };
  }

  private hear(write: Write, sent: number, { variables }: Sent, data: Data): void {
    const answered = (this.tick += 1);
    const payload = data[write] as Data;
    const refused = codesOf(payload).includes('INSUFFICIENT_MU');
    const tooMuch = refused ? (variables['input'].amount as number) : null;
    this.told.push({ sent, answered, lines: linesOf(write, payload), tooMuch });
    const id = payload['redemption']?.id as string | undefined;
    if (write === 'redeem' && id !== undefined) this.held.push(id);
  }
}

/** The lines of the wallet: of what it gives the first entry, which is below zero, of what it gets the other. */
function linesOf(write: Write, payload: Data): Line[] {
  if (write === 'recordAttention') return payload['grants'].map(({ entry }: Data) => entry as Line);
  const entries = (payload['transfer']?.entries ?? []) as Line[];
  return entries.filter(({ amount }) => amount < 0 === (write === 'redeem'));
}

it('a wallet in a storm has one history, which agrees with what came before what, also of those who lost their answers (P10, d4)', async () => {
  const scenes = [await Scene.create(first, 'tea'), await Scene.create(first, 'coffee')];
  const [a, b] = scenes as [Scene, Scene];
  const consents = [{ purpose: 'BALANCE_VISIBLE', granted: true }];
  const person = { externalId: 'asha', email: 'asha@example.in', consents };
  await b.do('identifyCustomer', person);
  const { customer } = await a.do('identifyCustomer', person);
  const token = await a.tokenOf(customer as { id: string; externalId: string });
  const storm = new Storm('asha', token, scenes);

  await Promise.all(Array.from({ length: workers }, (_, worker) => storm.work(worker)));
  const { told } = storm;
  const known = told.length;
  expect(known).toBeGreaterThan(20);
  expect(await storm.findOut()).toBeGreaterThan(10);
  expect(findFaults(told)).toEqual([]);
  expect(storm.replayed).toBeGreaterThan(0);

  const [{ lines }] = (await first.database.query<{ lines: number }>(
    `SELECT count(*)::integer AS lines FROM entries e JOIN accounts a ON a.id = e.account_id
     WHERE a.kind = 'WALLET'`,
  )) as [{ lines: number }];
  expect(told.flatMap((one) => one.lines)).toHaveLength(lines);
  expect(told.filter(({ tooMuch }) => tooMuch !== null).length).toBeGreaterThan(0);
  // Without those who found out later something is missing, so what they were told counts.
  expect(findFaults(told.slice(0, known))).not.toEqual([]);
});

describe('a history is not believed (d4)', () => {
  const gets = (number: number, amount: number, balanceAfter: number, at: number): Told => {
    const lines = [{ number, amount, balanceAfter }];
    return { sent: at, answered: at + 1, lines, tooMuch: null };
  };
  const true_ = [gets(1, 10, 10, 1), gets(2, -4, 6, 3), gets(3, 2, 8, 5)];
  const refused = { sent: 7, answered: 8, lines: [], tooMuch: 9 };

  it('unless it is true', () => {
    expect(findFaults([...true_, refused])).toEqual([]);
  });

  it.each([
    ['that misses a line', [true_[0], true_[2]]],
    ['that has a line twice', [...true_, true_[1]]],
    ['whose balances do not follow', [true_[0], gets(2, -4, 7, 3)]],
    ['that goes below zero', [gets(1, -1, -1, 1)]],
    ['that is in another order than what came before what', [gets(1, 5, 5, 3), gets(2, 5, 10, 1)]],
    ['that refuses what was there', [...true_, { ...refused, tooMuch: 8 }]],
  ])('%s', (_, told) => {
    expect(findFaults(told as Told[])).toHaveLength(1);
  });
});
