import type { ArmName } from '../holdouts';
import type { OutcomeName } from './experiment-outcome';

/** What the customers of an arm did, each customer once; deliveries, orders and revenue in all. */
export interface ArmCounts {
  arm: ArmName;
  members: number;
  delivered: number;
  opened: number;
  clicked: number;
  ordered: number;
  reactivated: number;
  /** Who did anything that only a person does. */
  verified: number;
  deliveries: number;
  orders: number;
  revenueMinor: number;
}

/** An arm nobody is in. */
export function emptyArm(arm: ArmName): ArmCounts {
  const none = {
    members: 0,
    delivered: 0,
    opened: 0,
    clicked: 0,
    ordered: 0,
    reactivated: 0,
    verified: 0,
  };
  return { arm, ...none, deliveries: 0, orders: 0, revenueMinor: 0 };
}

const wanted = {
  OPEN: 'opened',
  CLICK: 'clicked',
  ORDER: 'ordered',
  REACTIVATED: 'reactivated',
} as const satisfies Record<OutcomeName, keyof ArmCounts>;

/** How many customers of the arm did what the experiment wants. */
export function outcomesOf(counts: ArmCounts, outcome: OutcomeName): number {
  return counts[wanted[outcome]];
}
