import { funnelSteps } from '../attention';
import { reserveBalanceLoader } from '../ledger';
import type { Context } from '../platform/graphql/context';
import { momentOf } from '../platform/graphql/moment';
import { monetaryAmount } from '../platform/graphql/money.type';
import { armsLoader } from './arms.loader';
import { outcomesOf, type ArmCounts } from './arms';
import type { ExperimentEntity } from './experiment.entity';
import { figuresOf, incrementalRevenueOf, modelVersion, orderedMore } from './result';
import type {
  AttentionFunnel,
  ExperimentArm,
  ExperimentResult,
  IncrementalRevenue,
} from './result.type';

interface MeasuredAt {
  asOf: Date;
  window: { from: Date; until: Date };
  modelVersion: string;
}

async function measuredAt(context: Context, experiment: ExperimentEntity): Promise<MeasuredAt> {
  const { startsAt, endsAt } = experiment;
  const asOf = await momentOf(context);
  const until = asOf < endsAt ? asOf : endsAt;
  return {
    asOf,
    window: { from: startsAt, until: until < startsAt ? startsAt : until },
    modelVersion,
  };
}

/** What an experiment did so far. */
export async function resultOf(
  context: Context,
  experiment: ExperimentEntity,
): Promise<ExperimentResult> {
  const { uuid, reserveMu, releasedMu, currency, outcome } = experiment;
  const arms = await armsLoader(context).load(uuid);
  const left = await reserveBalanceLoader(context).load(uuid);
  const muSpent = reserveMu - (releasedMu ?? left);
  const figures = figuresOf(experiment, arms, muSpent);
  const money = (minor: number) => monetaryAmount({ minor, currency });
  const price = figures.costPerIncremental;
  return {
    ...(await measuredAt(context, experiment)),
    arms: [arms.treated, arms.heldOut].map((arm) => toArm(arm, outcomesOf(arm, outcome))),
    uplift: figures.uplift,
    incremental: figures.incremental,
    muSpent,
    muCost: money(figures.muCost),
    messageCost: money(figures.messageCost),
    cost: money(figures.cost),
    costPerIncremental: price === null ? null : money(price),
  };
}

function toArm({ arm, members, deliveries }: ArmCounts, outcomes: number): ExperimentArm {
  const rate = members === 0 ? null : outcomes / members;
  return { arm, size: members, outcomes, rate, messages: deliveries };
}

/** How far the customers of each arm went. */
export async function funnelOf(
  context: Context,
  experiment: ExperimentEntity,
): Promise<AttentionFunnel> {
  const arms = await armsLoader(context).load(experiment.uuid);
  const groups = [arms.treated, arms.heldOut].map(({ members: size, ...counts }) => {
    return { ...counts, size, steps: funnelSteps(counts, size) };
  });
  return { ...(await measuredAt(context, experiment)), groups, ...orderedMore(arms) };
}

/** What an experiment earned. */
export async function revenueOf(
  context: Context,
  experiment: ExperimentEntity,
): Promise<IncrementalRevenue> {
  const arms = await armsLoader(context).load(experiment.uuid);
  const money = (minor: number) => monetaryAmount({ minor, currency: experiment.currency });
  const incremental = incrementalRevenueOf(arms);
  return {
    ...(await measuredAt(context, experiment)),
    treated: money(arms.treated.revenueMinor),
    heldOut: money(arms.heldOut.revenueMinor),
    incremental: incremental === null ? null : money(incremental),
  };
}
