import { findViolations } from '../support/invariants';
import { newKey, startTestService, type Data, type TestService } from '../support/test-service';
import { expectAgreement } from '../promises/ledger/history';
import type { Rules } from '../promises/ledger/request';
import type { Step } from '../promises/ledger/steps';
import { LedgerWorld } from '../promises/ledger/world';
import { codesOf, send, sendUntilAnswered } from '../promises/operations';
import { Scene } from '../promises/scene';

/** Fails if a promise of the ledger is broken, and else passes. */
export type Killer = (t: TestService) => Promise<void>;

const rule = { amount: 10, perDay: 3 };
const rules: Rules = { SURVEY: rule, SCAN: rule };

/** A short history told to the service and to the model, which must agree after each of its steps. */
export function history(...steps: Step[]): Killer {
  return async (t) => expectAgreement(t, await LedgerWorld.create(t, [rules, rules]), steps);
}

/** Sixty-four times ten Mu out of a wallet of a hundred, by two brands in two services. */
export const doubleSpend: Killer = async (t) => {
  const second = await startTestService({ database: t.database });
  try {
    const scenes = [await Scene.create(t, newKey()), await Scene.create(t, newKey())];
    const customer = { externalId: 'somebody' };
    for (const scene of scenes) await scene.link('somebody', `${scenes[0]!.brand.slug}@example.in`);
    for (let given = 0; given < 100; given += 10) await scenes[0]!.grantTo(customer);
    // Making an account takes turns by itself; what is to be seen is the lock on one that is there.
    for (const scene of scenes) {
      const id = await scene.redemptionOf(customer, 10);
      const cancel = { id, idempotencyKey: newKey() };
      await send(t, scene.brand.apiKey, 'cancelRedemption', cancel);
    }
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, at) => {
        const input = { customer, amount: 10, description: 'tea', idempotencyKey: newKey() };
        const service = (at >> 1) % 2 === 0 ? t : second;
        return sendUntilAnswered(service, scenes[at % 2]!.brand.apiKey, 'redeem', input);
      }),
    );
    expect(answers.filter((answer) => codesOf(answer).length === 0)).toHaveLength(10);
    expect(await findViolations(t.database)).toEqual([]);
  } finally {
    await second.close();
  }
};

/** One key sixty-four times at once, to two services. */
export const keyStorm: Killer = async (t) => {
  const second = await startTestService({ database: t.database });
  try {
    const scene = await Scene.create(t, newKey());
    const customer = { externalId: (await scene.customer(10)).externalId };
    const input = { customer, action: 'SCAN', idempotencyKey: newKey() };
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, at) =>
        sendUntilAnswered(at % 2 === 0 ? t : second, scene.brand.apiKey, 'recordAttention', input),
      ),
    );
    const events = new Set(answers.map(({ event }) => (event as Data)['id'] as string));
    expect([...events]).toHaveLength(1);
    expect(answers.filter(({ replayed }) => replayed === false)).toHaveLength(1);
  } finally {
    await second.close();
  }
};
