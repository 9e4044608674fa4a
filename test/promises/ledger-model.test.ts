import fc from 'fast-check';
import { findViolations } from '../support/invariants';
import { hold } from '../support/property';
import { patienceMs } from '../support/seeded';
import { startTestService, type TestService } from '../support/test-service';
import { expectAgreement } from './ledger/history';
import { anyRules, anyStep } from './ledger/steps';
import { LedgerWorld } from './ledger/world';

describe('the ledger, told random histories by two brands and their three common customers', () => {
  let t: TestService;

  const start = () => startTestService({ limits: { holdSeconds: 3600, giftCoolingSeconds: 0 } });

  beforeAll(async () => {
    t = await start();
  });

  afterAll(() => t.close());

  /** A fresh service once a history has spoilt the books, or has all but emptied the mint. */
  async function refresh(): Promise<void> {
    const spoilt = (await findViolations(t.database)).length > 0;
    const [mint] = await t.database.query<{ low: boolean }>(
      `SELECT balance < -4 * 10::numeric ^ 15 AS low FROM accounts WHERE kind = 'MINT'`,
    );
    if (!spoilt && mint?.low !== true) return;
    await t.close().catch((error: unknown) => {
      if (!spoilt) throw error;
    });
    t = await start();
  }

  it(
    'does what the model does, to the last Mu and letter (P1, P2, P3, P5, P6, P7, P12, P13, P14, d1)',
    async () => {
      const histories = fc.array(anyStep, { minLength: 1, maxLength: 40, size: 'max' });
      const property = fc.asyncProperty(anyRules, anyRules, histories, async (one, two, steps) => {
        await refresh();
        await expectAgreement(t, await LedgerWorld.create(t, [one, two]), steps);
      });
      await hold(property, 20);
    },
    patienceMs,
  );
});
