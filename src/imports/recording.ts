import canonicalize from 'canonicalize';
import type { Answer, Command } from '../platform/database/command';
import type { UserErrorShape } from '../platform/errors';
import { textAt } from './field-path';
import type { Mapping } from './mapping';
import type { EventTargetInput } from './mapping.input';
import { stages } from './queue-events';
import type { DueImport } from './record-events.job';
import type { Settled } from './settle-set';
import { ruleFor, translate, type SourceEvent, type Translated } from './translate';

/** An event of the queue. */
export interface QueuedEvent {
  index: number;
  stage: number;
  digest: string;
  keys: string[];
  event: SourceEvent;
}

/** Commands of one kind for events of one stage, and which of them each event asks for. */
export function commandsOf(
  { id, brand_id: brandId, mapping, backfill }: DueImport,
  rows: readonly QueuedEvent[],
  identifying: boolean,
): { commands: Command[]; places: number[] } {
  const commands: Command[] = [];
  const told = new Map<string, number>();
  const places = rows.map(({ event, digest }) => {
    const meant = meaningOf(mapping, event);
    const { wish, who } = meant;
    const named = { scope: brandId, tenant: brandId, key: `import ${id} ${digest}` };
    if (!identifying) {
      if (wish.kind === 'identifyCustomer') throw new Error('an event at the wrong stage');
      const history = wish.kind === 'recordAttention' && backfill ? { history: true } : {};
      const input = { ...wish.input, ...history };
      return commands.push({ ...named, kind: wish.kind, input }) - 1;
    }
    // Many events of one person say the same of them.
    const same = canonicalize(who) ?? '';
    const earlier = told.get(same);
    if (earlier !== undefined) return earlier;
    told.set(same, commands.length);
    return commands.push({ ...named, kind: 'identifyCustomer', input: who }) - 1;
  });
  return { commands, places };
}

/** What the event meant when it was queued, since the mapping is the same. */
function meaningOf(mapping: Mapping, event: SourceEvent): Translated {
  const meant = translate(mapping, event);
  if (typeof meant === 'string' || 'code' in meant) throw new Error('an event lost its meaning');
  return meant;
}

/** What came of an event by the answer of its command. */
export function ended(
  { mapping }: DueImport,
  { event }: QueuedEvent,
  { userErrors, ...answer }: Answer,
  identifying: boolean,
): Settled {
  const { wish } = meaningOf(mapping, event);
  const stored = [answer['customer'], answer['event'], answer['purchaseUuid']];
  if (stored.some((one) => one != null)) {
    if (identifying && wish.kind !== 'identifyCustomer') return { next: stages[wish.kind] };
    return { end: 'recorded' };
  }
  const [error] = userErrors;
  if (error === undefined) throw new Error('an event was neither stored nor refused');
  // An order the brand has told of before, by whatever way.
  if (wish.kind === 'recordOrder' && error.code === 'ALREADY_EXISTS' && !identifying) {
    return { end: 'duplicates' };
  }
  return { end: 'refused', error: { ...error, field: placeOf(mapping, event, error) } };
}

const timestamps = new Set(['occurredAt', 'orderedAt']);
const kinds = { externalId: 'EXTERNAL_ID', email: 'EMAIL', phone: 'PHONE', deviceid: 'DEVICE' };

/** Where in the event the field of a command came from. */
function placeOf(mapping: Mapping, event: SourceEvent, { field }: UserErrorShape): string[] | null {
  const [name] = field ?? [];
  if (name === undefined) return null;
  if (timestamps.has(name)) return ['timestamp'];
  if (name === 'customer') {
    return mapping.customer.find(({ path }) => textAt(event, path) !== null)?.path ?? null;
  }
  const path = pathOf(ruleFor(mapping, event)?.becomes, name);
  if (path !== null) return path;
  const kind = Object.entries(kinds).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  const key = mapping.customer.find((one) => one.kind === kind && textAt(event, one.path) !== null);
  return key?.path ?? field;
}

/** A field of a command is filled from the path of its name. */
function pathOf(target: EventTargetInput | undefined, name: string): string[] | null {
  const said = (target?.order ?? target?.attention ?? {}) as Record<string, unknown>;
  const path = said[name === 'messageId' ? 'messagePath' : `${name}Path`];
  return Array.isArray(path) ? (path as string[]) : null;
}
