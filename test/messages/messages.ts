import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { insertMessages, messageId, type MessageDraft } from '../../src/messages';
import { brandId } from '../../src/brands';
import { newKey, type Data, type TestBrand, type TestService } from '../support/test-service';

function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

export const recordDeliveriesOperation = operation('record-deliveries');
export const messageOperation = operation('message');
export const customerMessagesOperation = operation('customer-messages');

let made = 0;

/** A message nobody has recorded yet. */
export function draftOf(brand: TestBrand, changes: Partial<MessageDraft> = {}): MessageDraft {
  made += 1;
  return {
    uuid: messageId.create(),
    brandId: brandId.decode(brand.id) as string,
    externalId: `mail-${made}`,
    channel: 'EMAIL',
    kind: 'MICRON',
    subject: 'Your seat is waiting',
    campaign: null,
    openMu: 2,
    actionMuMax: null,
    audience: null,
    expiresAt: null,
    ...changes,
  };
}

/** Inserts messages as a writer would and answers whether each was new. */
export function insert(service: TestService, drafts: MessageDraft[]): Promise<boolean[]> {
  return service.service.database.transact(service.clock, (tx) => insertMessages(tx, drafts));
}

/** The id of a new message of the brand. */
export async function newMessage(
  service: TestService,
  brand: TestBrand,
  changes: Partial<MessageDraft> = {},
): Promise<string> {
  const draft = draftOf(brand, changes);
  await insert(service, [draft]);
  return messageId.encode(draft.uuid);
}

export interface Recorded {
  message: Data | null;
  recorded: number;
  replayed: boolean;
  userErrors: { code: string; field: string[] | null }[];
}

/** Runs recordDeliveries as a brand, under a fresh key unless the input holds one. */
export async function deliver(
  service: TestService,
  brand: TestBrand,
  input: Record<string, unknown>,
): Promise<Recorded> {
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await service.run(recordDeliveriesOperation, variables, brand.apiKey);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data['recordDeliveries'] as Recorded;
}
