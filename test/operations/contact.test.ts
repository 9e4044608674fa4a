import * as operations from '../../schema/generated/operations';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

const by = { externalId: 'asha' };

let t: TestService;
let run: Run;

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('writes-letters')).apiKey);
  await run(operations.IdentifyCustomerDocument, {
    input: { ...by, email: 'asha@example.in', ...key() },
  });
});

afterAll(() => t.close());

it('write down what a customer allows, and show every word', async () => {
  const said = { customer: by, source: 'the till' };
  for (const purpose of ['MESSAGES', 'MARKETING'] as const) {
    await run(operations.GrantConsentDocument, { input: { ...said, purpose, ...key() } });
  }
  const { withdrawConsent } = await run(operations.WithdrawConsentDocument, {
    input: { ...said, purpose: 'MARKETING', ...key() },
  });
  expect(withdrawConsent.consent).toMatchObject({ purpose: 'MARKETING', granted: false });
  const { customer } = await run(operations.ConsentHistoryDocument, { by, purpose: 'MARKETING' });
  expect(customer?.relationship?.consentHistory.nodes).toMatchObject([
    { granted: false },
    { granted: true, source: 'the till' },
  ]);
});

it('say whether and when a customer may be written to', async () => {
  await run(operations.SetFrequencyPolicyDocument, {
    input: {
      quietHours: { from: '22:00', until: '08:00' },
      caps: [{ perDay: 2, perWeek: 5 }],
      ...key(),
    },
  });
  await run(operations.SetQuietHoursDocument, {
    input: { customer: by, from: '00:00', until: '00:00', ...key() },
  });
  await run(operations.SetChannelPreferenceDocument, {
    input: { customer: by, channel: 'SMS', preference: 'DENIED', preferredHour: 9, ...key() },
  });
  const email = { customer: by, channel: 'EMAIL' as const };
  const { canContact } = await run(operations.CanContactDocument, email);
  expect(canContact).toMatchObject({ allowed: true, reasons: [] });
  const { canContactEach } = await run(operations.CanContactEachDocument, {
    customers: [by, { externalId: 'nobody' }],
    channel: 'SMS',
  });
  expect(canContactEach).toMatchObject([
    { allowed: false, reasons: [{ code: 'CHANNEL_DENIED' }, { code: 'NO_ADDRESS' }] },
    null,
  ]);
  const { customer } = await run(operations.CustomerContactDocument, { by, channel: 'EMAIL' });
  expect(customer?.relationship).toMatchObject({
    quietHours: { from: '00:00', until: '00:00' },
    canContact: { allowed: true },
  });
});
