import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { isComparable } from '../platform/text';
import { importJobId } from './import.id';
import { lockImports, mappingsByKey, waitingOf, type OpenImport } from './import.store';
import { plain, refusalOfMapping, type Mapping } from './mapping';
import { queueEvents, type Arrival } from './queue-events';
import type { SourceEvent } from './translate';

/** Events as a brand sends them, and how they are to be read. */
export interface ImportEvents {
  mapping?: Mapping | null;
  mappingKey?: string | null;
  importJob?: string | null;
  backfill?: boolean | null;
  events: SourceEvent[];
}

/** Holds a UUID and counts; the events are in the queue. */
export interface ImportEventsAnswer extends Answer {
  importJob?: string;
  /** The place of the call's first event in the import. */
  firstIndex?: number;
}

/**
 * Takes events in for a list of commands: what cannot be read is refused at once, what was taken in
 * before is counted, and the rest waits for the job.
 */
export const importEvents: CommandHandler<ImportEvents, ImportEventsAnswer> = {
  kind: 'importEvents',
  async execute(tx, commands) {
    const imports = new Map(
      (await lockImports(tx, commands.flatMap(namedImport))).map((row) => [row.id, row]),
    );
    const kept = await mappingsByKey(
      tx,
      commands.flatMap(({ input, tenant }) =>
        input.mappingKey != null && isComparable(input.mappingKey)
          ? [{ brandId: tenant as string, key: input.mappingKey }]
          : [],
      ),
    );
    const waiting = await waitingOf(tx, [...new Set(commands.map(brandIdOf))]);
    const arrivals: Arrival[] = [];
    const answers = commands.map((command): ImportEventsAnswer => {
      const open = importFor(tx, command, imports, kept);
      if ('code' in open) return refused(open);
      const now = (waiting.get(open.brand_id) ?? 0) + command.input.events.length;
      if (now > tx.limits.importWaiting) {
        const message = 'Too many events wait already; send these when some are recorded.';
        return refused(userError('LIMIT_EXCEEDED', ['events'], message));
      }
      waiting.set(open.brand_id, now);
      const firstIndex = open.received;
      for (const event of command.input.events) {
        arrivals.push({ to: open, index: open.received, event });
        open.received += 1;
      }
      imports.set(open.id, open);
      return { importJob: open.id, firstIndex, userErrors: [] };
    });
    const touched = new Set(arrivals.map(({ to }) => to));
    if (touched.size > 0) await queueEvents(tx, [...touched], arrivals);
    return answers;
  },
};

const brandIdOf = ({ tenant }: Command): string => tenant as string;

function namedImport({ input, tenant }: Command<ImportEvents>): { brandId: string; id: string }[] {
  const id = input.importJob == null ? null : importJobId.decode(input.importJob);
  return id === null ? [] : [{ brandId: tenant as string, id }];
}

/** The import the events of a command go to; or why they go nowhere. */
function importFor(
  tx: CommandTransaction,
  command: Command<ImportEvents>,
  imports: ReadonlyMap<string, OpenImport>,
  kept: ReadonlyMap<string, Mapping>,
): OpenImport | UserErrorShape {
  const { input, tenant } = command;
  const brandId = tenant as string;
  if (input.events.length === 0) {
    return userError('INVALID_VALUE', ['events'], 'Send at least one event.');
  }
  if (input.events.length > tx.limits.importEvents) return userError('LIMIT_EXCEEDED', ['events']);
  const said = [input.mapping, input.mappingKey, input.importJob].filter((one) => one != null);
  if (said.length !== 1) {
    const message = 'Give exactly one of mapping, mappingKey and importJob.';
    return userError('INVALID_VALUE', ['mapping'], message);
  }
  if (input.importJob != null) {
    if (input.backfill != null) {
      return userError('INVALID_VALUE', ['backfill'], 'It is said when the import begins.');
    }
    const [named] = namedImport(command);
    const open = imports.get(named?.id ?? '');
    if (open === undefined || open.brand_id !== brandId)
      return userError('NOT_FOUND', ['importJob']);
    const silent = tx.now.getTime() - open.received_at.getTime();
    const closed = silent > tx.limits.importOpenHours * 3_600_000;
    return closed ? userError('ALREADY_RESOLVED', ['importJob']) : open;
  }
  const mapping = mappingOf(tx, input, kept.get(`${brandId} ${input.mappingKey}`));
  return 'code' in mapping ? mapping : begin(tx, brandId, mapping, input.backfill === true);
}

function mappingOf(
  { limits }: CommandTransaction,
  { mapping }: ImportEvents,
  kept: Mapping | undefined,
): Mapping | UserErrorShape {
  if (mapping == null) return kept ?? userError('NOT_FOUND', ['mappingKey']);
  return refusalOfMapping(mapping, limits, ['mapping']) ?? plain(mapping);
}

function begin(
  { now }: CommandTransaction,
  brandId: string,
  mapping: Mapping,
  backfill: boolean,
): OpenImport {
  const id = importJobId.create();
  return { id, brand_id: brandId, mapping, backfill, received: 0, received_at: now, begun: true };
}
