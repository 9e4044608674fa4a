import * as operations from '../../schema/generated/operations';
import { key, type Run } from './runner';

type By = { externalId: string };

/** Runs the operations about friends. */
export async function payForFriends(run: Run, by: By): Promise<void> {
  const { upsertReferralProgram } = await run(operations.UpsertReferralProgramDocument, {
    input: { reserve: 200, friendMu: 5, ...key() },
  });
  expect(upsertReferralProgram.referralProgram).toMatchObject({ reserved: 200 });
  const { fundReferralProgram } = await run(operations.FundReferralProgramDocument, {
    input: { amount: 10, ...key() },
  });
  expect(fundReferralProgram.referralProgram).toMatchObject({ reserved: 210 });
  const { createReferralLink } = await run(operations.CreateReferralLinkDocument, {
    input: { customer: by, channel: 'WHATSAPP', ...key() },
  });
  const friend = { externalId: 'ira' };
  await run(operations.IdentifyCustomerDocument, { input: { ...friend, ...key() } });
  const { claimReferral } = await run(operations.ClaimReferralDocument, {
    input: { code: createReferralLink.referralLink?.code ?? '', friend, ...key() },
  });
  const { activateReferral } = await run(operations.ActivateReferralDocument, {
    input: { id: claimReferral.referral?.id ?? '', ...key() },
  });
  expect(activateReferral.referral).toMatchObject({ state: 'ACTIVE' });
  const { referrals } = await run(operations.ReferralsDocument, {});
  expect(referrals.nodes).toMatchObject([{ state: 'ACTIVE', sharedMu: 0 }]);
}

/** Runs the operations of the velvet rope; the customer acts by their own token. */
export async function treatApart(run: Run, by: By, token: string): Promise<void> {
  const input = { customer: by };
  await run(operations.InviteToVelvetDocument, { input: { ...input, ...key() } });
  await run(operations.AcceptVelvetInvitationDocument, { input: { ...key() } }, token);
  const { grantPerk } = await run(operations.GrantPerkDocument, {
    input: { ...input, kind: 'EASE', name: 'No queue', ...key() },
  });
  await run(operations.RedeemPerkDocument, {
    input: { id: grantPerk.velvetPerk?.id ?? '', ...key() },
  });
  const own = { input: { ...key() } };
  const { createVelvetCredential } = await run(
    operations.CreateVelvetCredentialDocument,
    own,
    token,
  );
  const { recordVelvetArrival } = await run(operations.RecordVelvetArrivalDocument, {
    input: { credential: createVelvetCredential.token ?? '', storeId: 'MG Road', ...key() },
  });
  expect(recordVelvetArrival.velvetArrival?.customer?.velvet).toMatchObject({ status: 'ACTIVE' });
  const { customer } = await run(operations.CustomerVelvetDocument, { by });
  expect(customer?.velvet?.perks.nodes).toMatchObject([{ name: 'No queue' }]);
  const { revokeVelvet } = await run(operations.RevokeVelvetDocument, {
    input: { ...input, ...key() },
  });
  expect(revokeVelvet.velvetMember).toMatchObject({ status: 'REVOKED' });
}

/** Runs the operations about surprises. */
export async function giveByLot(run: Run, by: By): Promise<void> {
  const { createSurprisePool } = await run(operations.CreateSurprisePoolDocument, {
    input: {
      externalId: 'winter',
      prizeMu: 5,
      oddsOneIn: 1,
      poolMu: 50,
      windowHours: 24,
      endsAt: '2126-01-01T00:00:00Z',
      ...key(),
    },
  });
  const poolId = createSurprisePool.surprisePool?.id ?? '';
  const { triggerSurprise } = await run(operations.TriggerSurpriseDocument, {
    input: { poolId, customer: by, ...key() },
  });
  expect(triggerSurprise).toMatchObject({ surpriseDraw: { won: true }, firstDraw: true });
  const { closeSurprisePool } = await run(operations.CloseSurprisePoolDocument, {
    input: { id: poolId, ...key() },
  });
  expect(closeSurprisePool.released).toBe(45);
  const { surpriseAudit } = await run(operations.SurpriseAuditDocument, { poolId });
  expect(surpriseAudit).toMatchObject({ wins: 1, verified: true });
}
