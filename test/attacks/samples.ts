import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLInputField,
} from 'graphql';
import { newKey } from '../support/test-service';
import type { RootField } from './schema-walk';

/** What valid arguments are made of: ids by prefix and the names of one customer. */
export interface Facts {
  ids: Readonly<Record<string, string>>;
  customer: Readonly<Record<string, string>>;
  /** Texts that were sent before, by the name of their field. */
  names?: ReadonlyMap<string, ReadonlySet<string>>;
  /** What a field of one mutation takes, as `mutation.field`. */
  texts?: Readonly<Record<string, string>>;
}

let made = 0;

/** How many fresh values there have been. */
export const madeSoFar = (): number => made;

/** Makes no value that was among the first so many of another process. */
export function makeAfter(count: number): void {
  made = Math.max(made, count);
}

/** A value nobody has used so far, of the kind a field of this name and type takes. */
export function freshText(name: string, typeName: string): string {
  made += 1;
  if (name === 'idempotencyKey') return newKey();
  if (typeName === 'EmailAddress' || name === 'email') return `fresh-${made}@example.in`;
  if (typeName === 'PhoneNumber' || name === 'phone') return `+9198${20_000_000 + made}`;
  if (name === 'url') return `https://fresh-${made}.example.in/`;
  return `fresh-${made}`;
}

/** Kinds of the ids that root fields with a plain `id` take; a customer's where it is any kind. */
const kindsOfId: Record<string, string> = {
  brand: 'brd',
  message: 'msg',
  ledgerTransfer: 'trf',
  reverseTransfer: 'trf',
  captureRedemption: 'red',
  cancelRedemption: 'red',
  revokeApiKey: 'key',
  shopItem: 'itm',
  activateReferral: 'ref',
  earnRule: 'rul',
  approveAdjustment: 'adj',
  declineAdjustment: 'adj',
  emSeries: 'ems',
  updateEmSeries: 'ems',
  qrCode: 'qrc',
  claim: 'clm',
  closeSurprisePool: 'sup',
  endExperiment: 'exp',
  publishJourney: 'jny',
  enterJourney: 'jny',
  stopJourney: 'jny',
  journeyRun: 'jrn',
  importJob: 'imp',
  nudgeLift: 'exp',
  updateWebhookEndpoint: 'whe',
  rotateWebhookSecret: 'whe',
  deleteWebhookEndpoint: 'whe',
  magnet: 'mag',
  closeMagnet: 'mag',
  resolveMagnet: 'mag',
  voidMagnet: 'mag',
  redeemPerk: 'prk',
  segment: 'seg',
  deleteSegment: 'seg',
  redemption: 'red',
  exportJob: 'xpt',
  deleteReportSchedule: 'rsc',
};

const kindsByName: Record<string, string> = {
  brandId: 'brd',
  messageId: 'msg',
  seriesId: 'ems',
  seriesItemId: 'emi',
  poolId: 'sup',
  experimentId: 'exp',
  itemId: 'itm',
  confirmationId: 'cnf',
  claimId: 'clm',
  endpointId: 'whe',
  deliveryId: 'whd',
  magnetId: 'mag',
  responseId: 'rsp',
  segment: 'seg',
  micronId: 'dlv',
  importJob: 'imp',
  merge: 'mrg',
};

/** The kind of id that a field of this name takes in the arguments of a root field. */
export function kindOfId(root: string, name: string): string {
  return kindsByName[name] ?? kindsOfId[root] ?? 'cus';
}

/** Values that a field's type alone does not tell. */
const texts: Record<string, string> = {
  currency: 'INR',
  timezone: 'Asia/Kolkata',
  dailySlot: '07:00',
  firstDay: '2026-03-01',
  lastDay: '2026-03-07',
  cost: '12.50',
  day: '2026-03-01',
};

/** Whole numbers where two would be refused: there is one em in a sample's series. */
const numbers: Record<string, number> = { position: 1 };

/** Optional fields without which a mutation refuses what it is told. */
const wanted: Record<string, readonly string[]> = {
  identifyCustomer: ['externalId'],
  linkIdentity: ['email'],
  redeem: ['amount', 'description', 'customer'],
  createReferralLink: ['customer'],
  acceptVelvetInvitation: ['customer'],
  createVelvetCredential: ['customer'],
  claimReferral: ['friend'],
  updateBrand: ['name'],
  recordMessage: ['openMu', 'actionMuMax', 'audience', 'subject', 'campaign'],
  recordAttention: ['messageId'],
  recordAttentionBatch: ['messageId'],
  createApiKey: ['brandId'],
  grantConsent: ['customer'],
  withdrawConsent: ['customer'],
  setChannelPreference: ['customer'],
  setQuietHours: ['customer'],
  setFrequencyPolicy: ['perDay'],
  optOutOfMu: ['customer'],
  optInToMu: ['customer'],
  learnAboutMu: ['customer'],
  createWebhookEndpoint: ['description'],
  updateWebhookEndpoint: ['url', 'description'],
  giftMu: ['customer'],
  createMagnet: ['messageId', 'preference'],
  createQrCode: ['mu'],
  upsertSegment: ['createdAt', 'happened'],
  createJourney: ['byHand', 'waitHours'],
  publishJourney: ['definition', 'byHand', 'waitHours'],
  importEvents: ['mapping', 'nothing'],
  upsertEventMapping: ['nothing'],
  submitMagnetResponse: ['customer', 'preference', 'text'],
  ingestScores: ['value'],
};

/** Valid arguments of a query or mutation: what is required, and what makes it do something. */
export function validArguments(root: RootField, facts: Facts): Record<string, unknown> {
  return valuesOf(root.name, root.field.args, facts, false);
}

function valuesOf(
  root: string,
  inputs: readonly (GraphQLArgument | GraphQLInputField)[],
  facts: Facts,
  ofCustomer: boolean,
): Record<string, unknown> {
  const given = inputs.filter(
    (input) => isRequired(input) || wanted[root]?.includes(input.name) === true,
  );
  return Object.fromEntries(given.map((one) => [one.name, valueOf(root, one, facts, ofCustomer)]));
}

function isRequired(input: GraphQLArgument | GraphQLInputField): boolean {
  return isRequiredArgument(input) || isRequiredInputField(input);
}

function valueOf(
  root: string,
  input: GraphQLArgument | GraphQLInputField,
  facts: Facts,
  ofCustomer: boolean,
): unknown {
  const named = getNamedType(input.type);
  let value: unknown;
  if (isInputObjectType(named)) {
    value =
      named.name === 'CustomerBy'
        ? { externalId: facts.customer['externalId'] }
        : valuesOf(root, Object.values(named.getFields()), facts, ofCustomer);
  } else if (isEnumType(named)) value = named.getValues()[0]?.name;
  else value = scalarOf(root, input.name, named.name, facts);
  const type = isNonNullType(input.type) ? getNullableType(input.type) : input.type;
  return isListType(type) ? [value] : value;
}

function scalarOf(root: string, name: string, typeName: string, facts: Facts): unknown {
  if (typeName === 'ID') {
    return facts.ids[kindOfId(root, name)] ?? 'no id of this kind';
  }
  if (typeName === 'Mu') return 5;
  if (typeName === 'Int') return numbers[name] ?? 2;
  if (typeName === 'Float') return 0.5;
  if (typeName === 'Boolean') return true;
  if (['createSurprisePool', 'createExperiment'].includes(root) && name === 'endsAt') {
    return new Date(Date.now() + 86_400_000).toISOString();
  }
  if (typeName === 'DateTime') return new Date(Date.now() - 60_000).toISOString();
  if (typeName === 'JSONObject') return { note: 'a sample' };
  if (name === 'amount') return '12.50';
  // A scan is of a code that was made before.
  const [scanned] = root === 'openClaim' && name === 'code' ? (facts.names?.get(name) ?? []) : [];
  if (scanned !== undefined) return scanned;
  return facts.texts?.[`${root}.${name}`] ?? texts[name] ?? freshText(name, typeName);
}
