import { viewer } from '../../platform/auth/caller';
import { defineLoader } from '../../platform/graphql/loaders';
import { publishedStreak, streakAmount, type StreakPolicy } from '../rules/streak-policy';
import { Streak } from './streak.type';

interface Row {
  customer_id: string;
  rule_id: string;
  current: number;
  best: number;
  state: Streak['state'];
  last_day: string;
  last_message_id: string | null;
  amount: number;
  streak: StreakPolicy;
}

// A customer has a streak for each rule that counts, and rules are few.
const ofCustomersSql = `
  SELECT s.customer_id, s.rule_id, s.current, s.best, s.state, s.last_day::text, s.last_message_id,
    r.amount, r.streak
  FROM streaks s JOIN earn_rules r ON r.id = s.rule_id
  WHERE s.customer_id = ANY ($3::uuid[]) AND ($1::uuid IS NULL OR s.brand_id = $1)
    AND ($2::uuid IS NULL OR s.customer_id = $2)
  ORDER BY s.brand_id, s.rule_name, s.last_position DESC`;

/** The streaks of customers: to a brand its own, to the person those of all brands. */
export const streaksLoader = defineLoader<string, Streak[]>(async (context, customers) => {
  const rows = await context.reads.query<Row>(ofCustomersSql, [
    ...viewer(context.caller),
    customers,
  ]);
  return customers.map((customer) =>
    rows.filter((row) => row.customer_id === customer).map(toStreak),
  );
});

function toStreak(row: Row): Streak {
  const policy = { ...publishedStreak, ...row.streak };
  const next = row.state === 'ALIVE' ? row.current + 1 : policy.resetTo;
  return Object.assign(new Streak(), {
    ruleUuid: row.rule_id,
    messageUuid: row.last_message_id,
    current: row.current,
    best: row.best,
    state: row.state,
    unit: policy.unit,
    lastDay: row.last_day,
    nextMu: streakAmount(policy, row.amount, next),
  });
}
