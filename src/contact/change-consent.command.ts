import {
  namedCustomers,
  recordConsents,
  type ConsentPurpose,
  type ConsentWord,
  type CustomerBy,
} from '../customers';
import { isFromBrand } from '../platform/database/caller-command';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';

/** What a customer said, without the idempotency key. */
export interface ChangeConsent {
  customer?: CustomerBy | null;
  purpose: ConsentPurpose;
  source?: string | null;
  /** RFC 3339; the moment of recording when left out. */
  at?: string | null;
}

/** What counts now, as a row of `consents`. */
export interface ChangeConsentAnswer extends Answer {
  consent?: Record<string, unknown>;
}

/** Writes down that customers allow something. */
export const grantConsent = changeOf('grantConsent', true);

/** Writes down that customers no longer allow something; it holds from the end of the transaction on. */
export const withdrawConsent = changeOf('withdrawConsent', false);

function changeOf(
  kind: string,
  granted: boolean,
): CommandHandler<ChangeConsent, ChangeConsentAnswer> {
  return {
    kind,
    async execute(tx, commands) {
      const customers = await namedCustomers(
        tx,
        commands.map((command) => ({ command, by: command.input.customer ?? null })),
      );
      const words = commands.map((command, at) => readWord(tx, command, customers[at] ?? null));
      const good = words.flatMap((word) => ('code' in word ? [] : [{ ...word, granted }]));
      const standing = await recordConsents(tx, good);
      let place = -1;
      return words.map((word): ChangeConsentAnswer => {
        if ('code' in word) return refused(word);
        place += 1;
        const { brandId, customerId, purpose } = word;
        const { granted: counts, recorded_at } = standing[place] as (typeof standing)[number];
        const key = { brand_id: brandId, customer_id: customerId, purpose };
        return { consent: { ...key, granted: counts, recorded_at }, userErrors: [] };
      });
    },
  };
}

function readWord(
  tx: CommandTransaction,
  command: Command<ChangeConsent>,
  customerId: string | null,
): Omit<ConsentWord, 'granted'> | UserErrorShape {
  const { purpose, source, at } = command.input;
  if (customerId === null) return userError('NOT_FOUND', ['customer']);
  const said = at ? new Date(at) : tx.now;
  if (said.getTime() > tx.now.getTime() + tx.limits.futureSeconds * 1000) {
    return userError('OCCURRED_AT_IN_FUTURE', ['at']);
  }
  const text =
    typeof source === 'string'
      ? checkText(source, { maxBytes: tx.limits.textBytes, field: ['source'] })
      : null;
  if (text?.refusal) return text.refusal;
  return {
    brandId: command.tenant as string,
    customerId,
    purpose,
    toldBy: isFromBrand(command) ? 'BRAND' : 'CUSTOMER',
    source: text?.value ?? null,
    // A teller's clock that is ahead must not make this word outlive a later one.
    givenAt: said > tx.now ? tx.now : said,
    always: true,
  };
}
