import { findViolations } from '../../support/invariants';
import { newKey, type Data, type TestService } from '../../support/test-service';
import type { BrandAt } from './books';
import type { Request } from './request';
import type { Ask, Step } from './steps';
import { customerCount, viewOf, type LedgerWorld, type Sent } from './world';

/** A request that has been answered. */
interface Told {
  request: Request;
  sent: Sent;
  /** What was asked for, to the letter. */
  text: string;
  answer: Data;
}

/** Every brand has Mu to give, and every customer some to spend. */
const beginning: Request[] = [
  ...([0, 1] as const).map((brand): Request => ({ write: 'issueMu', brand, amount: 400 })),
  ...Array.from({ length: customerCount }, (_, customer): Request => {
    const brand = (customer % 2) as BrandAt;
    const event = { message: null, action: 'SURVEY', machine: false } as const;
    return { write: 'recordAttention', brand, customer, ...event };
  }),
];

const other = (brand: BrandAt): BrandAt => (brand === 0 ? 1 : 0);

/** Tells the service and the model one history, and expects them to agree after every step. */
export async function expectAgreement(
  t: TestService,
  world: LedgerWorld,
  steps: readonly Step[],
): Promise<void> {
  const told: Told[] = [];
  const byKey = new Map<string, Told>();

  async function tell(request: Request, sent: Sent): Promise<void> {
    const text = JSON.stringify([sent.write, sent.input]);
    const name = `${sent.owner} ${sent.key}`;
    const earlier = byKey.get(name);
    if (earlier !== undefined) return expectRepetition(earlier, sent, text);
    const view = { ...blank(sent), ...world.model.decide(request) };
    const answer = await world.send(sent);
    expect({ sent, replayed: answer['replayed'], ...viewOf(sent.write, answer) }).toEqual({
      sent,
      replayed: false,
      ...view,
    });
    told.push({ request, sent, text, answer });
    byKey.set(name, told[told.length - 1] as Told);
    await expectSameBooks(answer);
  }

  async function expectRepetition(earlier: Told, sent: Sent, text: string): Promise<void> {
    const again = await world.send(sent);
    if (earlier.text === text) expect(again).toEqual({ ...earlier.answer, replayed: true });
    else {
      const view = { ...blank(sent), codes: ['IDEMPOTENCY_KEY_REUSED'] };
      expect({ sent, ...viewOf(sent.write, again) }).toEqual({ sent, ...view });
    }
    await expectSameBooks({});
  }

  async function expectSameBooks(answer: Data): Promise<void> {
    const { posted, foretold } = await world.compareTransfers(answer);
    expect(posted).toEqual(foretold);
    const balances = await world.balances();
    expect(balances.kept).toEqual(balances.foretold);
    expect(await findViolations(t.database)).toEqual([]);
  }

  for (const request of beginning) await tell(request, world.sentFrom(request, newKey()));
  for (const step of steps) {
    if (step.do === 'wait') {
      await world.wait(step.jobs);
      await expectSameBooks({});
      continue;
    }
    if (step.do === 'replay' || step.do === 'poison' || step.do === 'same key elsewhere') {
      const earlier = newest(told, step.which);
      if (earlier !== undefined) await tell(...again(world, step.do, earlier));
      continue;
    }
    const request = requestOf(world, step, told.length);
    const key = `key-${String(step.key).padStart(4, '0')}`;
    if (request !== undefined) await tell(request, world.sentFrom(request, key));
  }
}

function newest<T>(all: readonly T[], which: number): T | undefined {
  return all.length === 0 ? undefined : all[all.length - 1 - (which % all.length)];
}

/** What a step asks for, if there is anything it could be about. */
function requestOf({ model }: LedgerWorld, step: Ask, at: number): Request | undefined {
  switch (step.do) {
    case 'issue':
      return { ...step, write: 'issueMu' };
    case 'message':
      return { ...step, write: 'recordMessage', at };
    case 'attend': {
      const own = model.messages.filter(({ brand }) => brand === step.brand);
      const message = step.which === null ? undefined : newest(own, step.which);
      return { ...step, write: 'recordAttention', message: message ?? null };
    }
    case 'redeem':
      return { ...step, write: 'redeem' };
    case 'give':
      return { ...step, write: 'giftMu' };
    case 'leave':
      return { ...step, write: 'optOutOfMu' };
    case 'return':
      return { ...step, write: 'optInToMu' };
    case 'capture':
    case 'cancel': {
      const redemption = newest(model.redemptions, step.which);
      if (redemption === undefined) return undefined;
      const brand = step.byOther ? other(redemption.brand) : redemption.brand;
      return { write: `${step.do}Redemption`, brand, redemption };
    }
    case 'reverse': {
      const transfer = newest(model.books.transfers, step.which);
      if (transfer === undefined) return undefined;
      const by = { owner: transfer.brand, other: other(transfer.brand) };
      const brand = step.by === 'platform' ? step.by : by[step.by];
      return { write: 'reverseTransfer', brand, transfer };
    }
  }
}

/** An earlier request once more: as it was, with one thing changed, or from the other brand. */
function again(
  world: LedgerWorld,
  how: 'replay' | 'poison' | 'same key elsewhere',
  { request, sent }: Told,
): [Request, Sent] {
  if (how === 'replay') return [request, sent];
  if (how === 'poison') return [request, poisoned(sent)];
  const brand = request.brand === 'platform' ? 0 : other(request.brand);
  const elsewhere = { ...request, brand } as Request;
  return [elsewhere, { ...world.sentFrom(elsewhere, sent.key), key: sent.key }];
}

function poisoned(sent: Sent): Sent {
  const { write, input } = sent;
  switch (write) {
    case 'captureRedemption':
      return { ...sent, write: 'cancelRedemption' };
    case 'cancelRedemption':
      return { ...sent, write: 'captureRedemption' };
    case 'giftMu':
      return { ...sent, input: { ...input, amount: Number(input['amount']) + 1 } };
    case 'optOutOfMu':
      return { ...sent, write: 'optInToMu' };
    case 'optInToMu':
      return { ...sent, write: 'optOutOfMu' };
    case 'recordMessage':
      return { ...sent, input: { ...input, campaign: 'another' } };
    case 'recordAttention':
      return { ...sent, input: { ...input, durationMs: 7 } };
    case 'redeem':
      return { ...sent, input: { ...input, description: 'another thing' } };
    default:
      return { ...sent, input: { ...input, reason: 'another reason' } };
  }
}

/** What every refusal of this write shows. */
function blank({ write }: Sent): Record<string, unknown> {
  if (write === 'recordAttention') return { grants: [] };
  if (write === 'optOutOfMu') return { extinguished: 0 };
  return write === 'recordMessage' ? { reserved: 0 } : {};
}
