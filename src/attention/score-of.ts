import { startOfDay } from '../platform/zones';
import {
  AttentionDay,
  AttentionScore,
  AttentionTrajectory,
  type AttentionTrendName,
} from './attention-score.type';
import { standingAt } from './dormancy';
import { Dormancy } from './dormancy.type';
import { dormancyModel } from './dormancy';
import type { KeptAttention, KeptDay } from './relationship-attention.loader';
import {
  addDays,
  attentionModel,
  averageOn,
  bandOf,
  countedPoints,
  dailyShare,
  fadeOver,
  indexOf,
} from './score';

/** How many days a score is about; the trend looks at as many before. */
export const scoredDays = 30;

const dayMs = 86_400_000;
/** Beyond a tenth more or less, attention rises or fades. */
const steadyShare = 0.1;

/** The score of what is kept, as it is now. */
export function scoreOf(kept: KeptAttention): AttentionScore {
  const { now, today, zone } = kept;
  const since = addDays(today, 1 - scoredDays);
  const lately = kept.days.filter(({ local_day }) => local_day >= since && local_day <= today);
  const streak = kept.state?.streak ?? 0;
  const ema = averageNow(kept);
  const index = indexOf(ema, streak);
  return Object.assign(new AttentionScore(), {
    asOf: now,
    window: { from: startOfDay(since, zone), until: now },
    modelVersion: attentionModel,
    raw30d: sum(lately, ({ opens, clicks }) => opens + 3 * clicks),
    ema,
    index,
    band: bandOf(index),
    streak,
    ...trendOf(kept),
  });
}

/** So many days, the last of them today, each with the average at its end. */
export function trajectoryOf(kept: KeptAttention, count: number): AttentionTrajectory {
  const { now, today, zone } = kept;
  const known = new Map(kept.days.map((day) => [day.local_day, day]));
  const days: AttentionDay[] = [];
  let ema = averageNow(kept);
  for (let back = 0; back < count; back += 1) {
    const name = addDays(today, -back);
    const day = dayOf(name, known.get(name), ema);
    days.unshift(day);
    // What the average was before the day's points came and a day of fading.
    ema = Math.max(0, ema - dailyShare * day.points) / fadeOver(1);
  }
  return Object.assign(new AttentionTrajectory(), {
    asOf: now,
    window: { from: startOfDay(addDays(today, 1 - count), zone), until: now },
    modelVersion: attentionModel,
    trend: trendOf(kept).trend,
    days,
  });
}

/** Where a customer stands now, whoever has looked last; somebody nothing was sent to is not tested. */
export function dormancyOf(kept: KeptAttention, knownSince: Date): Dormancy {
  const { state, policy, now } = kept;
  const named = { asOf: now, modelVersion: dormancyModel };
  if (state === null) {
    return Object.assign(new Dormancy(), {
      ...named,
      window: { from: null, until: now },
      state: 'NOT_TESTED',
      since: knownSince,
      daysSilent: null,
      messagesSince: 0,
      nextState: null,
      nextAt: null,
      reactivatedAt: null,
    });
  }
  const heardAt = state.last_attended_at;
  const standing = standingAt(
    {
      firstContactAt: state.first_contact_at,
      lastAttendedAt: heardAt,
      deliveredSince: state.delivered_since,
    },
    policy,
    now,
  );
  const daysSilent = heardAt === null ? null : (now.getTime() - heardAt.getTime()) / dayMs;
  return Object.assign(new Dormancy(), {
    ...named,
    window: { from: heardAt ?? state.first_contact_at, until: now },
    state: standing.state,
    since: standing.state === state.dormancy ? state.dormancy_since : standing.from,
    daysSilent: daysSilent === null ? null : Math.max(0, Math.floor(daysSilent)),
    messagesSince: state.delivered_since,
    nextState: standing.next,
    nextAt: standing.until,
    reactivatedAt: state.reactivated_at,
  });
}

function trendOf({ days, today }: KeptAttention) {
  const since = addDays(today, 1 - scoredDays);
  const before = addDays(since, -scoredDays);
  const points = (from: string, to: string) =>
    sum(
      days.filter(({ local_day }) => local_day >= from && local_day <= to),
      ({ points_x2 }) => countedPoints(points_x2),
    );
  const points30d = points(since, today);
  const previousPoints30d = points(before, addDays(since, -1));
  const change = points30d - previousPoints30d;
  const isSteady = change === 0 || Math.abs(change) < steadyShare * previousPoints30d;
  const trend: AttentionTrendName = isSteady ? 'STEADY' : change > 0 ? 'RISING' : 'FADING';
  return { points30d, previousPoints30d, trend };
}

function averageNow({ state, today }: KeptAttention): number {
  return state === null ? 0 : averageOn({ ema: state.ema, day: state.ema_day }, today);
}

function dayOf(name: string, kept: KeptDay | undefined, ema: number): AttentionDay {
  return Object.assign(new AttentionDay(), {
    day: name,
    opens: kept?.opens ?? 0,
    clicks: kept?.clicks ?? 0,
    events: kept?.events ?? 0,
    verified: kept?.verified ?? 0,
    points: countedPoints(kept?.points_x2 ?? 0),
    ema,
  });
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
