import { resolveCustomers, type CustomerBy } from '../customers';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { roundToMinor } from '../platform/money';
import { checkText } from '../platform/text';
import { lockBuyers } from '../purchases';
import { largestScores, type ScoreKindName } from './score-kind';
import { storeScores, type ScoreDraft } from './store-scores';

/** What a brand's model says of customers, as a client describes it. */
export interface Scores {
  scorer: string;
  version: string;
  /** RFC 3339; now when left out. */
  scoredAt?: string | null;
  scores: readonly { customer: CustomerBy; kind: ScoreKindName; value?: number | null }[];
}

export interface IngestScoresAnswer extends Answer {
  recorded?: number;
}

const currencySql = 'SELECT b.id, b.currency FROM brands b WHERE b.id = ANY ($1::uuid[])';

/**
 * Stores what brands' own models say of customers, or that they take it back. A score that cannot be stored
 * is refused alone; one that is older than what is there changes nothing.
 */
export const ingestScores: CommandHandler<Scores, IngestScoresAnswer> = {
  kind: 'ingestScores',
  async execute(tx, commands) {
    const customers = await resolveAll(tx, commands);
    const brands = [...new Set(commands.map(brandIdOf))];
    const rows = await tx.query<{ id: string; currency: string }>(currencySql, [brands]);
    const currencies = new Map(rows.map(({ id, currency }) => [id, currency]));
    const judged = commands.map((command, at) => {
      const currency = currencies.get(brandIdOf(command)) as string;
      return judge(tx, command, { at, currency, customers: customers[at] ?? [] });
    });
    const drafts = judged.flatMap((one) => ('drafts' in one ? one.drafts : []));
    if (drafts.length > 0) await lockBuyers(tx, drafts);
    const recorded = await storeScores(tx, drafts);
    return judged.map((one, at) => {
      if (!('drafts' in one)) return refused(one);
      return { recorded: recorded.get(at) ?? 0, userErrors: one.refusals };
    });
  },
};

/** Scores are a brand's affair; the mutation lets nobody else in. */
function brandIdOf({ tenant }: Pick<Command, 'tenant'>): string {
  if (tenant === null) throw new Error('a score needs a brand');
  return tenant;
}

/** Customers of all commands in one statement, by command. */
async function resolveAll(
  tx: CommandTransaction,
  commands: readonly Command<Scores>[],
): Promise<(string | null)[][]> {
  const named = commands.flatMap((command) =>
    command.input.scores.map(({ customer }) => ({ brandId: brandIdOf(command), by: customer })),
  );
  const found = await resolveCustomers(tx, named);
  let place = 0;
  return commands.map(({ input }) => found.slice(place, (place += input.scores.length)));
}

interface Judging {
  at: number;
  currency: string;
  customers: readonly (string | null)[];
}

interface Judged {
  drafts: ScoreDraft[];
  refusals: UserErrorShape[];
}

function judge(
  { now, limits }: CommandTransaction,
  command: Command<Scores>,
  { at, currency, customers }: Judging,
): Judged | UserErrorShape {
  const { scorer, version, scoredAt, scores } = command.input;
  const name = checkText(scorer, { maxBytes: limits.textBytes, field: ['scorer'] });
  if (name.refusal) return name.refusal;
  const which = checkText(version, { maxBytes: limits.textBytes, field: ['version'] });
  if (which.refusal) return which.refusal;
  const when = scoredAt == null ? now : new Date(scoredAt);
  if (when.getTime() > now.getTime() + limits.futureSeconds * 1000) {
    return userError('OCCURRED_AT_IN_FUTURE', ['scoredAt']);
  }
  const judged: Judged = { drafts: [], refusals: [] };
  scores.forEach(({ kind, value }, place) => {
    const field = (end: string) => ['scores', String(place), end];
    const customerId = customers[place] ?? null;
    const minor = kind === 'CLV' && value != null ? roundToMinor(value, currency) : 0;
    if (value === undefined || !fits(kind, value, minor)) {
      judged.refusals.push(userError('INVALID_VALUE', field('value')));
    } else if (customerId === null) {
      judged.refusals.push(userError('NOT_FOUND', field('customer')));
    } else {
      const brandId = brandIdOf(command);
      judged.drafts.push({
        command: at,
        brandId,
        customerId,
        kind,
        value,
        minor,
        scorer: name.value,
        version: which.value,
        scoredAt: when,
      });
    }
  });
  return judged;
}

/** Null takes back what was said. */
function fits(kind: ScoreKindName, value: number | null, minor: number): boolean {
  if (value === null) return true;
  return value >= 0 && value <= largestScores[kind] && minor <= Number.MAX_SAFE_INTEGER;
}
