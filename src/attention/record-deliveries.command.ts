import { customerZones, resolveCustomers, type CustomerBy } from '../customers';
import {
  insertDeliveries,
  messageId,
  messagesByExternalIds,
  messagesByIds,
  type DeliveryStateName,
  type MessageEntity,
} from '../messages';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { localDay } from '../platform/zones';
import { keepDeliveries } from './keep-attention';

/** What is recorded; the message is named by its id or, from inside, by the brand's own id for it. */
export interface DeliveriesDescription {
  messageId?: string;
  messageExternalId?: string;
  customers: CustomerBy[];
  /** RFC 3339; the moment of recording when left out. */
  deliveredAt?: string | null;
  /** DELIVERED when left out. */
  state?: DeliveryStateName | null;
}

export type RecordDeliveriesCommand = Command<DeliveriesDescription>;

export interface RecordDeliveriesAnswer extends Answer {
  messageUuid?: string;
  recorded?: number;
}

/** Customers looked up in one statement. */
const customersPerStatement = 10_000;

/**
 * Records deliveries for a list of commands. An unknown message refuses its command; an unknown
 * customer is reported and the others of the command are recorded.
 */
export const recordDeliveries: CommandHandler<DeliveriesDescription, RecordDeliveriesAnswer> = {
  kind: 'recordDeliveries',
  claimsLate: true,
  async execute(tx, commands) {
    const messages = await findMessages(tx, commands);
    const refusals = commands.map((command, at) => refusalOf(tx, command, messages[at] ?? null));
    const targets = commands.flatMap((command, at) =>
      refusals[at] ? [] : command.input.customers.map((by, place) => ({ command, at, by, place })),
    );
    const customers = await findCustomers(tx, targets);
    const errors = commands.map((): UserErrorShape[] => []);
    const known = targets.flatMap(({ command, at, place }, i) => {
      const customerId = customers[i] ?? null;
      if (customerId !== null) return [{ command, at, customerId }];
      errors[at]?.push(userError('NOT_FOUND', ['customers', String(place)]));
      return [];
    });
    const zones = await customerZones(
      tx,
      known.map(({ command, customerId }) => ({ brandId: brandIdOf(command), customerId })),
    );
    const changes = await insertDeliveries(
      tx,
      known.map(({ command, at, customerId }) => {
        const brandId = brandIdOf(command);
        const deliveredAt = timeOf(command) ?? tx.now;
        return {
          brandId,
          messageId: (messages[at] as MessageEntity).uuid,
          kind: (messages[at] as MessageEntity).kind,
          customerId,
          deliveredAt,
          state: command.input.state ?? 'DELIVERED',
          localDay: localDay(deliveredAt, zones.get(`${brandId} ${customerId}`) ?? 'UTC'),
        };
      }),
    );
    const news = changes.filter((change) => change !== null);
    await keepDeliveries(tx, news, zones);
    const recorded = commands.map(() => 0);
    known.forEach(({ at }, i) => {
      if (changes[i] != null) recorded[at] = (recorded[at] ?? 0) + 1;
    });
    return commands.map((_, at) => {
      const refusal = refusals[at];
      if (refusal) return refused(refusal);
      const messageUuid = (messages[at] as MessageEntity).uuid;
      return { messageUuid, recorded: recorded[at] ?? 0, userErrors: errors[at] ?? [] };
    });
  },
};

/** Deliveries are a brand's affair; the mutation lets nobody else in. */
function brandIdOf(command: RecordDeliveriesCommand): string {
  if (command.tenant === null) throw new Error('deliveries need a brand');
  return command.tenant;
}

function timeOf(command: RecordDeliveriesCommand): Date | null {
  const { deliveredAt } = command.input;
  return deliveredAt ? new Date(deliveredAt) : null;
}

async function findMessages(
  tx: CommandTransaction,
  commands: readonly RecordDeliveriesCommand[],
): Promise<(MessageEntity | null)[]> {
  const brandIds = commands.map(brandIdOf);
  const ids = commands.map(({ input }) => messageId.decode(input.messageId ?? ''));
  const externalIds = commands.map(({ input }) => input.messageExternalId ?? null);
  const byId = await messagesByIds(tx, ids, brandIds);
  const byExternalId = await messagesByExternalIds(tx, externalIds, brandIds);
  return commands.map((_, at) => byId[at] ?? byExternalId[at] ?? null);
}

function refusalOf(
  tx: CommandTransaction,
  command: RecordDeliveriesCommand,
  message: MessageEntity | null,
): UserErrorShape | null {
  if (message === null) return userError('NOT_FOUND', ['messageId']);
  const latest = tx.now.getTime() + tx.limits.futureSeconds * 1000;
  const deliveredAt = timeOf(command);
  const tooLate = deliveredAt !== null && deliveredAt.getTime() > latest;
  return tooLate ? userError('OCCURRED_AT_IN_FUTURE', ['deliveredAt']) : null;
}

async function findCustomers(
  tx: CommandTransaction,
  targets: readonly { command: RecordDeliveriesCommand; by: CustomerBy }[],
): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for (let start = 0; start < targets.length; start += customersPerStatement) {
    const slice = targets.slice(start, start + customersPerStatement);
    const refs = slice.map(({ command, by }) => ({ brandId: brandIdOf(command), by }));
    found.push(...(await resolveCustomers(tx, refs)));
  }
  return found;
}
