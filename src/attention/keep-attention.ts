import type { DeliveryChange } from '../messages';
import type { CommandTransaction } from '../platform/database/command';
import {
  changeOfDelivery,
  changeOfEvent,
  type AttentionChange,
  type MeasuredEvent,
} from './attention-change';
import { AttentionState, type AttentionStateRow } from './attention-state';
import { lockStates, recountDeliveries, storeStates, type Pair } from './attention-state.store';
import { defaultDormancyPolicy } from './dormancy';

/** By "brand customer". */
type ByPair<Value> = ReadonlyMap<string, Value>;

/** Events that were stored, earlier ones that were proven, and what is known of whom they are about. */
export interface Attended {
  stored: readonly MeasuredEvent[];
  /** As `raiseConfidence` answers them. */
  raised: readonly MeasuredEvent[];
  zones: ByPair<string>;
  /** The longest living streaks of days, of those for whom they were counted. */
  streaks: ByPair<number>;
}

/** Keeps what events change, in the transaction that stores them; three statements at most. */
export async function keepEvents(
  tx: CommandTransaction,
  { stored, raised, zones, streaks }: Attended,
): Promise<void> {
  const changes = [
    ...stored.map((event) => changeOfEvent(event, null)),
    ...raised.map((event) => changeOfEvent({ ...event, confidence: 100 }, event.confidence)),
  ];
  await keepChanges(tx, changes, zones, streaks);
}

/** Keeps what deliveries change, in the transaction that stores them. */
export async function keepDeliveries(
  tx: CommandTransaction,
  deliveries: readonly DeliveryChange[],
  zones: ByPair<string>,
): Promise<void> {
  await keepChanges(tx, deliveries.map(changeOfDelivery), zones, new Map());
}

/** Keeps how long streaks of days are, by "brand customer"; of people nothing was heard of it keeps none. */
export function keepStreaks(
  tx: CommandTransaction,
  streaks: ByPair<number>,
  zones: ByPair<string>,
): Promise<void> {
  return judgeAgain(tx, [...streaks.keys()].map(pairOf), zones, streaks);
}

/** Judges people anew by what time has changed, and by new streaks or a new policy. */
export async function judgeAgain(
  tx: CommandTransaction,
  pairs: readonly Pair[],
  zones: ByPair<string>,
  streaks: ByPair<number> = new Map(),
): Promise<void> {
  const sorted = pairs.map(({ brandId, customerId }) => `${brandId} ${customerId}`).sort();
  const known = await lockStates(tx, sorted.map(pairOf), [], defaultDormancyPolicy);
  const states = known.flatMap(({ row, ...policy }) =>
    row === null ? [] : [new AttentionState(row, false, policy, zoneOf(row, zones), tx.now)],
  );
  for (const state of states) {
    state.passTime();
    state.row.streak = streaks.get(nameOf(state.row)) ?? state.row.streak;
    state.judge(false);
  }
  await storeStates(tx, states, []);
  announceMoves(tx, states);
}

const retellSql = `SELECT retell_attention($1::uuid[], $2)`;

/**
 * Tells anew from their events what is kept of people, in every brand; to be called in the transaction
 * that merges them or takes a merge back, after their rows have moved. What that changes of their
 * dormancy and bands is announced at the next turn of the job.
 */
export async function retellAttention(
  tx: CommandTransaction,
  customers: readonly string[],
): Promise<void> {
  await tx.query(retellSql, [customers, tx.now]);
}

async function keepChanges(
  tx: CommandTransaction,
  changes: readonly AttentionChange[],
  zones: ByPair<string>,
  streaks: ByPair<number>,
): Promise<void> {
  if (changes.length === 0) return;
  const groups = groupByPair(changes);
  const names = [...groups.keys()].sort();
  const days = [...new Set(changes.flatMap((one) => (one.attendedAt === null ? [] : [one.day])))];
  const known = await lockStates(tx, names.map(pairOf), days, defaultDormancyPolicy);
  const recount: AttentionStateRow[] = [];
  const states = known.map(({ row, points, ...policy }, at) => {
    const name = names[at] as string;
    const own = groups.get(name) as AttentionChange[];
    const first = AttentionState.of(pairOf(name), (own[0] as AttentionChange).contactAt, tx.now);
    const zone = zones.get(name) ?? 'UTC';
    const state = new AttentionState(row ?? first, row === null, policy, zone, tx.now);
    if (row !== null) state.passTime();
    state.row.streak = streaks.get(name) ?? state.row.streak;
    if (!takeIn(state, own, points)) recount.push(state.row);
    return state;
  });
  await recountDeliveries(tx, recount);
  for (const state of states) {
    const own = groups.get(nameOf(state.row)) as AttentionChange[];
    state.judge(own.some(({ comesBack }) => comesBack));
  }
  await storeStates(tx, states, changes);
  announceMoves(tx, states);
}

/** Takes changes in; answers false when only the deliveries themselves can say how many there were since. */
function takeIn(
  state: AttentionState,
  changes: readonly AttentionChange[],
  points: Readonly<Record<string, number>>,
): boolean {
  const { row } = state;
  const before = row.last_attended_at?.getTime() ?? null;
  state.apply(changes, points);
  if (changes.some(({ takesBack }) => takesBack)) return false;
  const attendedAt = row.last_attended_at?.getTime() ?? -Infinity;
  if (attendedAt > (before ?? -Infinity)) {
    if (row.last_delivered_at !== null && row.last_delivered_at.getTime() > attendedAt)
      return false;
    row.delivered_since = 0;
    return true;
  }
  const reached = changes.filter(
    ({ deliveredAt }) => (deliveredAt?.getTime() ?? -Infinity) > attendedAt,
  );
  row.delivered_since += reached.filter(({ deliveredAt }) => deliveredAt !== null).length;
  return true;
}

function announceMoves(tx: CommandTransaction, states: readonly AttentionState[]): void {
  for (const { row, moves } of states) {
    for (const { topic, ...payload } of moves.splice(0)) {
      tx.announce({ topic, brandId: row.brand_id, customerId: row.customer_id, payload });
    }
  }
}

function groupByPair(changes: readonly AttentionChange[]): Map<string, AttentionChange[]> {
  const groups = new Map<string, AttentionChange[]>();
  for (const change of changes) {
    const name = `${change.brandId} ${change.customerId}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [change]);
    else group.push(change);
  }
  return groups;
}

function nameOf(row: Pick<AttentionStateRow, 'brand_id' | 'customer_id'>): string {
  return `${row.brand_id} ${row.customer_id}`;
}

function pairOf(name: string): Pair {
  const [brandId, customerId] = name.split(' ') as [string, string];
  return { brandId, customerId };
}

function zoneOf(row: AttentionStateRow, zones: ByPair<string>): string {
  return zones.get(nameOf(row)) ?? 'UTC';
}
