import { UnavailableError } from '../../src/platform/errors';
import type { Data, TestService } from '../support/test-service';

const wallet = 'wallet { balance held lifetimeEarned lifetimeRedeemed state }';
const ending = 'replayed userErrors { code field message }';
const transfer = 'transfer { id kind amount reason postedAt }';
const redemption = 'redemption { id amount state createdAt expiresAt resolvedAt }';

/** The writes that move Mu, each with all it answers that a model can foretell. */
const selections = {
  issueMu: `${transfer} ${ending}`,
  recordMessage: `message { id externalId } reserved ${ending}`,
  recordAttention: `event { id confidence duplicate machineOpen recordedAt }
    grants { amount reason entry { id amount balanceAfter number kind transfer { id } } }
    streak { current lastDay } ${wallet} ${ending}`,
  redeem: `${redemption} ${transfer} ${wallet} ${ending}`,
  captureRedemption: `${redemption} ${transfer} ${wallet} ${ending}`,
  cancelRedemption: `${redemption} ${transfer} ${wallet} ${ending}`,
  reverseTransfer: `${transfer} ${ending}`,
  giftMu: `${transfer} ${wallet} ${ending}`,
  optOutOfMu: `extinguished ${wallet} ${ending}`,
  optInToMu: `${wallet} ${ending}`,
  upsertEarnRule: `earnRule { id version } ${ending}`,
  identifyCustomer: `customer { id } ${ending}`,
  createCustomerToken: `token ${ending}`,
  upsertSegment: `segment { id } ${ending}`,
  scheduleReport: `reportSchedule { id } ${ending}`,
  upsertReferralProgram: `referralProgram { id } ${ending}`,
  createReferralLink: `referralLink { id code } ${ending}`,
  inviteToVelvet: `velvetMember { id } ${ending}`,
  acceptVelvetInvitation: `velvetMember { id } ${ending}`,
  grantPerk: `velvetPerk { id } ${ending}`,
  createVelvetCredential: `token ${ending}`,
  createJourney: `journey { id } ${ending}`,
  publishJourney: `journey { id } ${ending}`,
  enterJourney: `entered ${ending}`,
  importEvents: `importJob { id } ${ending}`,
  upsertEventMapping: `eventMapping { id } ${ending}`,
  createExperiment: `experiment { id } ${ending}`,
  createSurprisePool: `surprisePool { id } ${ending}`,
  triggerSurprise: `surpriseDraw { id } ${ending}`,
  claimReferral: `referral { id state } ${ending}`,
  createEmSeries: `emSeries { id } ${ending}`,
  scheduleEm: `seriesItem { id } ${ending}`,
  linkIdentity: `confirmation { id } code ${ending}`,
  createQrCode: `qrCode { id } ${ending}`,
  openClaim: `claim { id state mu } ${ending}`,
  answerClaim: `claim { id state mu } ${ending}`,
  confirmIdentity: `confirmation { id } customer { id } ${ending}`,
  createMagnet: `magnet { id } ${ending}`,
  recordOrder: `purchase { id bucket } ${ending}`,
  submitMagnetResponse: `response { id } ${ending}`,
};

export type Write = keyof typeof selections;

/** The document of a write; its one variable is the input. */
export function documentOf(write: Write): string {
  const input = `${write.charAt(0).toUpperCase()}${write.slice(1)}Input`;
  return `mutation ($input: ${input}!) { ${write}(input: $input) { ${selections[write]} } }`;
}

/** Sends a write and answers its payload; throws when the request itself was refused. */
export async function send(
  t: TestService,
  bearer: string,
  write: Write,
  input: Record<string, unknown>,
): Promise<Data> {
  const { data, errors } = await t.run(documentOf(write), { input }, bearer);
  if (errors !== undefined)
    throw new Error(`${write}: ${JSON.stringify(errors)}`, { cause: errors });
  return data[write] as Data;
}

/** As `send`, for what a test only needs done: throws when it was refused. */
export async function must(...args: Parameters<typeof send>): Promise<Data> {
  const payload = await send(...args);
  if (payload['userErrors'].length > 0) {
    throw new Error(`${args[2]}: ${JSON.stringify(payload['userErrors'])}`);
  }
  return payload;
}

/** The codes a payload refuses with. */
export function codesOf(payload: Data): string[] {
  return (payload['userErrors'] as { code: string }[]).map(({ code }) => code);
}

/** Sends as a client does: what is told to try again with the same key, since its answer came too late, is sent again. */
export async function sendUntilAnswered(...sent: Parameters<typeof send>): ReturnType<typeof send> {
  for (;;) {
    try {
      return await send(...sent);
    } catch (error) {
      if (!isToBeSentAgain(error)) throw error;
    }
  }
}

/** Whether the request was refused before it began, or lost its answer afterwards. */
function isToBeSentAgain(error: unknown): boolean {
  if (error instanceof UnavailableError) return true;
  const { cause } = error as { cause?: { originalError?: unknown }[] };
  return cause?.every(({ originalError }) => originalError instanceof UnavailableError) === true;
}
