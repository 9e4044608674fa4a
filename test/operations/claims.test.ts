import * as operations from '../../schema/generated/operations';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

let t: TestService;
let run: Run;

const by = { externalId: 'asha' };

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('prints', { budget: 10_000 })).apiKey);
  await run(operations.IdentifyCustomerDocument, { input: { ...by, ...key() } });
});

afterAll(() => t.close());

it('let a stranger earn by a code, prove who they are and be paid', async () => {
  const { createQrCode } = await run(operations.CreateQrCodeDocument, {
    input: { code: 'CHAPTER-1', name: 'A chapter', mu: 50, ...key() },
  });
  const { qrCode } = await run(operations.QrCodeDocument, { id: createQrCode.qrCode?.id ?? '' });
  expect(qrCode).toMatchObject({ code: 'CHAPTER-1', mu: 50, message: null });
  const { openClaim } = await run(operations.OpenClaimDocument, {
    input: { code: 'CHAPTER-1', ...key() },
  });
  const claimId = openClaim.claim?.id ?? '';
  const { answerClaim } = await run(operations.AnswerClaimDocument, {
    input: { claimId, ...key() },
  });
  expect(answerClaim).toMatchObject({ claim: { mu: 50 }, userErrors: [] });

  const { linkIdentity } = await run(operations.LinkIdentityDocument, {
    input: { customer: by, email: 'asha@example.in', ...key() },
  });
  const { confirmIdentity } = await run(operations.ConfirmIdentityDocument, {
    input: {
      confirmationId: linkIdentity.confirmation?.id ?? '',
      code: linkIdentity.code ?? '',
      ...key(),
    },
  });
  expect(confirmIdentity.customer).toMatchObject({ ...by, email: 'asha@example.in' });

  const { bindClaim } = await run(operations.BindClaimDocument, {
    input: { claimId, customer: by, ...key() },
  });
  expect(bindClaim).toMatchObject({ wallet: { balance: 50 }, userErrors: [] });
  const { claim } = await run(operations.ClaimDocument, { id: claimId });
  expect(claim).toMatchObject({ state: 'BOUND', customer: { id: confirmIdentity.customer?.id } });
});
