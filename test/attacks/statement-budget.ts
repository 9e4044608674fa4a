import {
  getNamedType,
  isLeafType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLSchema,
} from 'graphql';
import type { HttpService } from '../support/http-service';

/** Statements of an operation: those of its reads, and those in the transactions of its mutations. */
export interface Statements {
  reads: number;
  writes: number;
}

/** A field that is not of one table: how many statements put it together. */
const gathered: Readonly<Record<string, number>> = {
  'Query.simulateEarn': 7,
  'Query.messageRewardView': 5,
  'Query.messageRewardViews': 5,
  'Query.nudgeLift': 4,
  'Query.incrementalRevenue': 3,
  'Query.surpriseAudit': 2,
  'Query.exportCustomer': 2,
  'Brand.realReach': 2,
  'Brand.attentionRetention': 2,
  'Brand.attentionSummary': 3,
  'Brand.openStreakRate': 2,
  'Brand.dormancyCounts': 2,
  'Brand.atRisk': 3,
  'Brand.attentionFunnel': 3,
  'Brand.retentionCohorts': 2,
  'Brand.opportunityReport': 2,
  'Brand.budgetSplit': 2,
  'Brand.marketingSpendRatio': 2,
  'Brand.fundingSource': 6,
  'Brand.muEconomy': 5,
  'Brand.attentionVsAuction': 5,
  'Brand.simulateBudgetShift': 8,
  'BudgetSplit.previous': 2,
  'MarketingSpendRatio.previous': 2,
  'FundingSource.previous': 5,
  'MuEconomy.previous': 4,
  'AttentionVsAuction.previous': 5,
  'ExecutiveSummary.budgetSplit': 2,
  'ExecutiveSummary.marketingSpendRatio': 2,
  'ExecutiveSummary.attentionVsAuction': 5,
  'ExecutiveSummary.muEconomy': 5,
  'BrandRelationship.customerProfit': 3,
  'Customer.redeemable': 3,
  'EmSeries.nextFor': 3,
  'Experiment.result': 3,
  'Experiment.attentionFunnel': 2,
  // Plain values that do not come with their row.
  'Brand.budget': 1,
  'Brand.reserved': 1,
  'BrandRelationship.micronboxPermission': 1,
  'Claim.walletState': 1,
  'Experiment.state': 1,
  'MessageRewardView.clickUrl': 1,
  'QrCode.url': 1,
  'ReferralLink.address': 1,
  'ReferralProgram.reserved': 1,
};

/** Statements in the transaction of a mutation at most, whatever its input. */
const mostOfMutation = 20;

/** What a mutation looks up before its transaction, and what its payload is read from after it. */
const readsOfMutation = 2;

/** Whoever is erased is looked for in every table that may know them. */
const mostOfMutations: Readonly<Record<string, number>> = { eraseCustomer: 50 };

/** A page, its edges and their nodes are rows of one statement. */
const envelopes = /^\w+Connection\.(nodes|edges|pageInfo)$|^\w+Edge\.node$/;

/** Objects that are values. */
const values = ['MeasureWindow', 'MonetaryAmount', 'UserError'];

/**
 * How many statements an operation may take: for each field it selects one, or as many as are told of it
 * above, and none for a plain value, whatever number of objects the field is answered for.
 */
export function statementBudget(schema: GraphQLSchema, document: string): Statements {
  const info = new TypeInfo(schema);
  const budget = { reads: 0, writes: 0 };
  const mutationType = schema.getMutationType();
  const Field = (): void => {
    const field = info.getFieldDef();
    const parent = info.getParentType();
    if (field == null || parent == null) return;
    const name = `${parent.name}.${field.name}`;
    const type = getNamedType(field.type);
    const isFree = isLeafType(type) || values.includes(type.name) || envelopes.test(name);
    const isMutation = parent === mutationType;
    budget.reads += gathered[name] ?? (isMutation ? readsOfMutation : isFree ? 0 : 1);
    if (isMutation) budget.writes += mostOfMutations[field.name] ?? mostOfMutation;
  };
  visit(parse(document), visitWithTypeInfo(info, { Field }));
  return budget;
}

/** Counts what the requests of a service take; to be asked between them, while none is under way. */
export class StatementCount {
  /** To be told of every statement of a command's transaction. */
  readonly hooks = { beforeStatement: () => void (this.writes += 1) };
  private writes = 0;
  private sessions: { statements: number }[] = [];

  watch({ service }: HttpService): void {
    const contextFor = service.contextFor.bind(service);
    service.contextFor = (...asked) => {
      const context = contextFor(...asked);
      this.sessions.push(context.reads);
      return context;
    };
  }

  /** What was taken since it was last asked. */
  take(): Statements {
    const reads = this.sessions.reduce((sum, { statements }) => sum + statements, 0);
    const taken = { reads, writes: this.writes };
    this.sessions = [];
    this.writes = 0;
    return taken;
  }
}
