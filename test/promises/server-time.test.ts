import { dump } from '../support/dump';
import { newKey, startTestService, type Data, type TestService } from '../support/test-service';
import { codesOf, send } from './operations';
import { Scene } from './scene';

const [minute, day] = [60_000, 86_400_000];

let t: TestService;
let scene: Scene;

beforeAll(async () => {
  t = await startTestService();
  scene = await Scene.create(t, 'on-time');
});

afterAll(() => t.close());

/** An event of which its sender claims that it happened so long ago. */
function claim(externalId: string, agoMs: number): Promise<Data> {
  return send(t, scene.brand.apiKey, 'recordAttention', {
    customer: { externalId },
    action: 'SCAN',
    occurredAt: new Date(Date.now() + t.clock.offsetMs - agoMs).toISOString(),
    idempotencyKey: newKey(),
  });
}

// Ten seconds of the window are left to a slow machine.
const slack = 10_000;

it.each([
  ['ten years ahead', -3652 * day, 'OCCURRED_AT_IN_FUTURE'],
  ['over five minutes ahead', -5 * minute - slack, 'OCCURRED_AT_IN_FUTURE'],
  ['over thirty days ago', 30 * day + slack, 'OCCURRED_AT_TOO_OLD'],
  ['ten years ago', 3652 * day, 'OCCURRED_AT_TOO_OLD'],
])('a claim of %s is refused and pays nothing (P15)', async (_, agoMs, code) => {
  const { externalId } = await scene.customer();
  const before = await dump(t.database);
  expect(codesOf(await claim(externalId, agoMs))).toEqual([code]);
  const after = await dump(t.database);
  expect({ ...after, idempotency_keys: null }).toEqual({ ...before, idempotency_keys: null });
});

it.each([
  ['just under five minutes ahead', -5 * minute + slack],
  ['just under thirty days ago', 30 * day - slack],
])('a claim of %s is taken and paid (P15)', async (_, agoMs) => {
  const { externalId } = await scene.customer();
  expect(await claim(externalId, agoMs)).toMatchObject({
    userErrors: [],
    grants: [{ amount: 10 }],
  });
});

it('lines are in the order in which the service heard, whatever their senders claim (P15)', async () => {
  const { externalId } = await scene.customer();
  const claims = [0, 20 * day, -4 * minute, 3 * day, minute];
  const answers: Data[] = [];
  for (const agoMs of claims) answers.push(await claim(externalId, agoMs));
  expect(answers.map(({ grants }) => grants[0].entry.number as number)).toEqual([1, 2, 3, 4, 5]);
  expect(answers.map(({ wallet }) => wallet.balance as number)).toEqual([10, 20, 30, 40, 50]);
  const heard = answers.map(({ event }) => Date.parse(event.recordedAt as string));
  expect(heard).toEqual([...heard].sort((one, other) => one - other));
});

it('lines stay in order when the clock of the service jumps back an hour (P15, F17)', async () => {
  const { externalId } = await scene.customer();
  const numbers: number[] = [];
  try {
    for (const offsetMs of [0, 60 * minute, 0, -60 * minute]) {
      t.clock.offsetMs = offsetMs;
      numbers.push((await claim(externalId, 0))['grants'][0].entry.number as number);
    }
  } finally {
    t.clock.offsetMs = 0;
  }
  expect(numbers).toEqual([1, 2, 3, 4]);
});

it.each([10, -10])(
  'the database’s clock judges what is claimed, and not that of the service, which is %i minutes off (P15, F17, F18)',
  async (minutes) => {
    const { externalId } = await scene.customer();
    const [row] = await t.database.query<{ now: Date }>('SELECT now() AS now');
    const now = row!.now.getTime();
    const at = (agoMs: number) =>
      send(t, scene.brand.apiKey, 'recordAttention', {
        customer: { externalId },
        action: 'SCAN',
        occurredAt: new Date(now - agoMs).toISOString(),
        idempotencyKey: newKey(),
      });
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + minutes * minute);
    try {
      const taken = await at(-4 * minute);
      expect(codesOf(taken)).toEqual([]);
      const heard = Date.parse(taken['event'].recordedAt as string);
      expect(Math.abs(heard - now)).toBeLessThan(5 * minute);
      expect(codesOf(await at(-6 * minute - slack))).toEqual(['OCCURRED_AT_IN_FUTURE']);
      expect(codesOf(await at(30 * day + slack))).toEqual(['OCCURRED_AT_TOO_OLD']);
    } finally {
      clock.mockRestore();
    }
  },
);
