import { segmentConditions } from '../load/brand';

/** Something a brand asks, of a base whose customers are called c-0 to c-(n - 1). */
export interface Question {
  title: string;
  text: string;
  /** Variables of one asking; `segments` are ids by name. */
  variables: (base: { customer: number; segments: Record<string, string> }) => object;
}

const money = '{ amount currencyCode }';

const person = `
  id externalId name
  relationship {
    createdAt
    attentionScore { raw30d ema streak index band trend asOf modelVersion }
    dormancy { state since daysSilent nextState nextAt }
    clv { value ${money} source asOf modelVersion }
    purchaseTotals { orders net ${money} firstAt lastAt }
    segments { name since }
    band(model: VALUE_2021) { band since }
  }`;

const view = `query View($by: CustomerBy!) {
  customer(by: $by) {
    ${person}
    email phone traits
    identities { kind value confirmedAt }
    consents { purpose granted recordedAt }
    wallet { balance held lifetimeEarned state statement(first: 10) { nodes { amount reason postedAt } } }
    messages(first: 10) { nodes { deliveredAt message { channel subject } } }
    attention(first: 10) { nodes { action channel confidence occurredAt } }
    purchases(first: 10) { nodes { purchasedAt total ${money} net ${money} bucket } }
    timeline(first: 20) { nodes { __typename
      ... on MessageDelivery { deliveredAt } ... on AttentionEvent { action occurredAt }
      ... on LedgerEntry { amount postedAt } ... on Purchase { purchasedAt } } }
    whole: relationship {
      attentionTrajectory(last: 30) { days { day points ema } }
      predictedWorth { pAlive orders }
      customerProfit { profit ${money} }
      channels { channel deliverable }
      canContact(channel: EMAIL) { allowed reasons { code } }
      consentHistory(first: 5) { nodes { purpose granted } }
    }
  }
}`;

const list = `query List($filter: CustomerFilter, $first: Int = 50, $after: String) {
  customers(first: $first, after: $after, filter: $filter) {
    nodes { ${person} }
    pageInfo { hasNextPage endCursor }
  }
}`;

const segment = `query Segment($id: ID!) {
  segment(id: $id) {
    name version
    size { customers asOf }
    members(first: 50) { nodes { ${person} } pageInfo { hasNextPage endCursor } }
  }
}`;

const standing = `query Standing {
  brand {
    realReach { reach30 reach90 reach365 addressed rate asOf }
    attentionRetention { quarters { firstDay retention churn } rolling { retention churn } }
    attentionSummary { customers sum mean median bands { band customers share }
      trend { firstDay sum mean } monthlyGrowth }
    openStreakRate { active streaking rate }
    dormancyCounts { customers states { state customers share } }
    opportunityReport { customers expectedValue ${money} byState { state customers } }
    segmentation(model: VALUE_2021) { bands { band customers revenue ${money} netMovement } }
    transactionAttentionTable { cells { progress attentiveness customers } }
    atRisk(first: 20) { nodes { customer { externalId } state nextState dueAt } }
  }
}`;

const course = `query Course {
  brand {
    metrics(names: [CLICKS, NET_REVENUE, REAL_REACH, ATTENTION], bucket: WEEK, last: 26) {
      name buckets { firstDay value amount ${money} } total { value } previous { value } change }
    retentionCohorts(basis: FIRST_ORDER) { cohorts { firstDay customers months { month share } } halfLifeMonths }
  }
}`;

const summary = `query Summary {
  brand {
    executiveSummary {
      adWaste { share wasted ${money} reportedCac { amount } trueCac { amount } }
      marketingSpendRatio { ratio }
      budgetSplit { existingShare }
      earnedGrowth { year earnedGrowth }
      orderBuckets { orders net { amount } buckets { kind orders share } }
      attentionVsAuction { costPerVerifiedAttention { amount } costPerReacquisition { amount } }
      muEconomy { issued burned outstanding burnRate }
      profitConcentration { tenths { rank customers profit { amount } } bestFifthShare }
      previous { adWaste { share } marketingSpendRatio { ratio } }
    }
    reacquisitions(first: 20) { nodes { acquiredAt cost { amount } } }
  }
}`;

const where = (condition: object) => () => ({ filter: { where: condition } });

/** Everything that is asked of both bases. */
export const questions: Question[] = [
  {
    title: 'one customer, whole',
    text: view,
    variables: ({ customer }) => ({ by: { externalId: `c-${customer}` } }),
  },
  { title: 'list, the newest 50', text: list, variables: () => ({}) },
  {
    title: 'list, attentive buyers (many)',
    text: list,
    variables: where(segmentConditions['attentive buyers']),
  },
  {
    title: 'list, spent much and wants offers (some)',
    text: list,
    variables: where({
      and: [
        { orders: { value: { atLeast: '20000' } } },
        { consent: { purpose: 'MARKETING', granted: true } },
      ],
    }),
  },
  {
    title: 'list, faithful in Leh (few)',
    text: list,
    variables: where(segmentConditions['faithful in Leh']),
  },
  {
    title: 'list, forty orders (hardly anybody)',
    text: list,
    variables: where({ orders: { count: { atLeast: 40 } } }),
  },
  {
    title: 'list, in a saved segment (few)',
    text: list,
    variables: ({ segments }) => ({ filter: { segment: segments['faithful in Leh'] } }),
  },
  {
    title: 'segment, members and count',
    text: segment,
    variables: ({ segments }) => ({ id: segments['attentive buyers'] }),
  },
  { title: 'brand, how it stands', text: standing, variables: () => ({}) },
  { title: 'brand, how it went', text: course, variables: () => ({}) },
  { title: 'brand, executive summary', text: summary, variables: () => ({}) },
];
