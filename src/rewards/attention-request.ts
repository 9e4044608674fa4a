import {
  confidenceOf,
  isMachineAgent,
  attentionId,
  type AttentionAction,
  type Confidence,
  type FunnelStageName,
} from '../attention';
import { brandClocks, type BrandClock } from '../brands';
import {
  customerTraits,
  resolveCustomers,
  zoneIn,
  type CustomerBy,
  type Traits,
} from '../customers';
import { Treated } from '../holdouts';
import {
  messageId,
  messagesByExternalIds,
  messagesByIds,
  type ChannelName,
  type MessageEntity,
} from '../messages';
import type { Command, CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { customerMemberships, noMembership, type Membership } from '../segments';
import { checkJsonObject, checkText } from '../platform/text';
import { RulesInForce, type JudgedBy } from './rules-in-force';

/**
 * What another feature says an event is worth, in place of the brand's rules: an answer to a quiz, a
 * claim. No client can send one. Paid out of the offer of the event's message as far as that goes, else
 * out of the budget; or out of a reserve the feature keeps for the purpose.
 */
export interface AttentionPrice {
  mu: number;
  /** Plain language, shown on the statement; no personal data. */
  reason: string;
  /** On a message, one payment to a customer under this name; `QUIZ mag_…` for example. */
  once: string;
  /** The reserve it is paid from, by the UUID of what it is set aside for. */
  purposeId?: string | null;
  /** The answer is for the customer, who sees the whole wallet; else it is for the brand. */
  toOwner?: boolean;
}

/** An attention event as it is asked for. Adapters may name the message by the brand's own id. */
export interface RecordAttention {
  customer: CustomerBy;
  messageId?: string | null;
  messageExternalId?: string | null;
  action: AttentionAction;
  customAction?: string | null;
  stage?: FunnelStageName | null;
  channel?: ChannelName | null;
  occurredAt?: string | Date | null;
  machineOpen?: boolean | null;
  userAgent?: string | null;
  durationMs?: number | null;
  properties?: Record<string, unknown> | null;
  /** Set by features of the service itself, never by a client. */
  price?: AttentionPrice | null;
  /** It is told of the past: of any age within reason, and it pays nothing; set as `price` is. */
  history?: boolean;
}

/** An event that may be stored: everything it names exists, everything it claims is plausible. */
export interface AttentionRequest extends JudgedBy {
  eventId: string;
  brandId: string;
  customerId: string;
  message: MessageEntity | null;
  action: AttentionAction;
  customAction: string | null;
  stage: FunnelStageName | null;
  channel: ChannelName | null;
  occurredAt: Date;
  zone: string;
  /** What the brand said of the customer, as far as its rules ask. */
  traits: Traits;
  /** The saved segments and bands they are in, as far as its rules ask. */
  membership: Membership;
  machine: boolean;
  confidence: Confidence;
  userAgent: string | null;
  durationMs: number | null;
  properties: Record<string, unknown> | null;
  price: AttentionPrice | null;
  history: boolean;
  /** Whether the event's message is of an experiment that does not treat the customer. */
  heldOut: boolean;
  /** Whether the brand ever paid for friends, so that one of them may have brought this customer. */
  refersFriends: boolean;
}

const longestAgent = 1000;
const longestDurationMs = 86_400_000;

/** Resolves and judges a list of events; what cannot be stored comes back as its refusal. */
export async function readRequests(
  tx: CommandTransaction,
  commands: readonly Command<RecordAttention>[],
): Promise<(AttentionRequest | UserErrorShape)[]> {
  const brandIds = commands.map((command) => command.tenant as string);
  const distinct = [...new Set(brandIds)];
  const named = commands.map((command, at) => ({
    brandId: brandIds[at] as string,
    by: command.input.customer,
  }));
  const [customers, messages, clocks] = await Promise.all([
    resolveCustomers(tx, named),
    readMessages(tx, commands, brandIds),
    brandClocks(tx, distinct),
  ]);
  const rulesInForce = await RulesInForce.read(tx, distinct, messages);
  const known = customers.flatMap((customerId, at) =>
    customerId === null ? [] : [{ brandId: brandIds[at] as string, customerId }],
  );
  const experiments = messages.flatMap((message) => message?.experimentUuid ?? []);
  const [traits, memberships, treated] = await Promise.all([
    customerTraits(tx, known, rulesInForce.askedTraits()),
    customerMemberships(tx, known, rulesInForce.askedMemberships()),
    Treated.read(tx, known, [...new Set(experiments)]),
  ]);
  return commands.map(({ input }, at) => {
    const brandId = brandIds[at] as string;
    const customerId = customers[at] ?? null;
    const message = messages[at] ?? null;
    if (customerId === null) return userError('NOT_FOUND', ['customer']);
    if (message === null && (input.messageId ?? input.messageExternalId) != null) {
      return userError('NOT_FOUND', ['messageId']);
    }
    const clock = clocks.get(brandId) as BrandClock;
    const ofCustomer = traits.get(`${brandId} ${customerId}`) ?? {};
    const zone = zoneIn(ofCustomer) ?? clock.timezone;
    const rules = rulesInForce.for(brandId, message);
    const experiment = message?.experimentUuid ?? null;
    const heldOut = experiment !== null && !treated.of(customerId).has(experiment);
    const membership = memberships.get(`${brandId} ${customerId}`) ?? noMembership;
    const whom = { brandId, customerId, traits: ofCustomer, membership };
    // No rule is asked about the past, so that it neither pays nor moves a streak.
    const asked = input.history === true ? { rules: [], notPinned: [] } : rules;
    const named = { ...whom, message, zone, heldOut, ...asked };
    return judge(tx, input, clock, named, rulesInForce.customActions(brandId));
  });
}

type Known = JudgedBy &
  Pick<
    AttentionRequest,
    'brandId' | 'customerId' | 'message' | 'zone' | 'traits' | 'membership' | 'heldOut'
  >;

function judge(
  tx: CommandTransaction,
  input: RecordAttention,
  clock: BrandClock,
  known: Known,
  customActions: ReadonlySet<string>,
): AttentionRequest | UserErrorShape {
  const occurredAt = input.occurredAt == null ? tx.now : new Date(input.occurredAt);
  const age = tx.now.getTime() - occurredAt.getTime();
  if (age < -tx.limits.futureSeconds * 1000)
    return userError('OCCURRED_AT_IN_FUTURE', ['occurredAt']);
  const days = input.history === true ? tx.limits.backfillDays : clock.maxEventAgeDays;
  if (age > days * 86_400_000) return userError('OCCURRED_AT_TOO_OLD', ['occurredAt']);
  const durationMs = input.durationMs ?? null;
  if (durationMs !== null && (durationMs < 0 || durationMs > longestDurationMs)) {
    return userError('INVALID_VALUE', ['durationMs'], 'Must be from 0 to one day.');
  }
  const customAction = readCustomAction(input, customActions);
  if (typeof customAction === 'object' && customAction !== null) return customAction;
  const properties =
    input.properties == null ? null : checkJsonObject(input.properties, tx.limits, ['properties']);
  if (properties?.refusal) return properties.refusal;
  const agent = readAgent(input.userAgent ?? null);
  if (typeof agent === 'object' && agent !== null) return agent;
  const channel = input.channel ?? known.message?.channel ?? null;
  const machine = input.machineOpen === true || isMachineAgent(agent);
  return {
    ...known,
    eventId: attentionId.create(),
    action: input.action,
    customAction,
    stage: input.stage ?? null,
    channel,
    occurredAt,
    machine,
    confidence: confidenceOf(input.action, channel, machine),
    userAgent: agent,
    durationMs,
    properties: properties?.value ?? null,
    price: input.price ?? null,
    history: input.history === true,
    refersFriends: clock.refersFriends,
  };
}

/** Which of its own actions the brand means; it must name one as soon as it has registered any. */
function readCustomAction(
  { action, customAction, price }: RecordAttention,
  customActions: ReadonlySet<string>,
): string | null | UserErrorShape {
  if (price != null) return customAction ?? null;
  const field = ['customAction'];
  if (action !== 'CUSTOM') {
    if (customAction == null) return null;
    return userError('INVALID_VALUE', field, 'Belongs to the action CUSTOM.');
  }
  if (customAction == null) {
    if (customActions.size === 0) return null;
    return userError('INVALID_VALUE', field, 'Name one of the brand’s custom actions.');
  }
  if (customActions.has(customAction)) return customAction;
  return userError('INVALID_VALUE', field, 'Not registered; see registerCustomAction.');
}

/** A header somebody else's client sent: cut rather than refused when it is long. */
function readAgent(userAgent: string | null): string | null | UserErrorShape {
  if (userAgent === null || userAgent.trim() === '') return null;
  const text = checkText(cutAgent(userAgent), { maxBytes: 4 * longestAgent, field: ['userAgent'] });
  return text.refusal ?? text.value;
}

/** Never in the middle of a character: half a surrogate pair could not be stored. */
function cutAgent(userAgent: string): string {
  if (userAgent.length <= longestAgent) return userAgent;
  return userAgent.slice(0, longestAgent).replace(/[\ud800-\udbff]$/, '');
}

async function readMessages(
  tx: CommandTransaction,
  commands: readonly Command<RecordAttention>[],
  brandIds: readonly string[],
): Promise<(MessageEntity | null)[]> {
  const ids = commands.map(({ input }) =>
    input.messageId == null ? null : messageId.decode(input.messageId),
  );
  const byId = await messagesByIds(tx, ids, brandIds);
  const externalIds = commands.map(({ input }) => input.messageExternalId ?? null);
  const byExternalId = await messagesByExternalIds(tx, externalIds, brandIds);
  return byId.map((message, at) => message ?? byExternalId[at] ?? null);
}
