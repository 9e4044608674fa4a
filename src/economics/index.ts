import type { Feature } from '../platform/feature';
import { AcquisitionEntity } from './acquisition.entity';
import { acquisitionId, spendId } from './economics.id';
import { EconomyOnBrand, previousOfEconomy } from './brand-economy.resolver';
import { ProfitOnRelationship } from './customer-profit';
import { PreviousEarnedGrowth } from './earned-growth';
import { economicsTopics } from './economics.topics';
import { FiguresOfSummary } from './executive-summary';
import { judgeAcquisitions } from './judge-acquisitions.job';
import { MeasuresOnBrand, previousFigures } from './measures.resolver';
import { proveEconomics } from './prove-economics.job';
import { proveLedger } from './prove-ledger.job';
import { reallocateToMu } from './reallocate-to-mu.command';
import { ReallocateToMuMutation } from './reallocate-to-mu.mutation';
import { recordAcquisition } from './record-acquisition.command';
import { RecordAcquisitionMutation } from './record-acquisition.mutation';
import { recordSpend } from './record-spend.command';
import { RecordSpendMutation } from './record-spend.mutation';
import { reckonSegmentRevenue } from './reckon-segment-revenue.job';
import { acquisitionLoader, spendLoader } from './records.loader';
import { CustomerOfAcquisition, RecordsOnBrand } from './records.resolver';
import { PreviousSegmentRevenue, SegmentRevenueOfBrand } from './segment-revenue.resolver';
import { setBudgetPlan } from './set-budget-plan.command';
import { SetBudgetPlanMutation } from './set-budget-plan.mutation';
import { setUnitCosts } from './set-unit-costs.command';
import { SetUnitCostsMutation } from './set-unit-costs.mutation';
import { SpendEntity } from './spend.entity';
import { weighEconomy } from './weigh-economy.job';

export {
  BoardFigureEnum,
  boardModel,
  isOfDays,
  readBoardFigures,
  type BoardFigureName,
} from './board-figures';
export { acquisitionId } from './economics.id';
export { Acquisition } from './acquisition.type';
export { PriorState, type PriorStateName } from './prior-state';
export { acquisitionLoader } from './records.loader';

/** What a brand spends to have customers, and what comes of it. */
export const economicsFeature: Feature = {
  name: 'economics',
  entities: [SpendEntity, AcquisitionEntity],
  resolvers: [
    RecordsOnBrand,
    CustomerOfAcquisition,
    MeasuresOnBrand,
    ...previousFigures,
    EconomyOnBrand,
    ...previousOfEconomy,
    PreviousEarnedGrowth,
    FiguresOfSummary,
    ProfitOnRelationship,
    SegmentRevenueOfBrand,
    PreviousSegmentRevenue,
    RecordSpendMutation,
    RecordAcquisitionMutation,
    SetBudgetPlanMutation,
    ReallocateToMuMutation,
    SetUnitCostsMutation,
  ],
  commands: [recordSpend, recordAcquisition, setBudgetPlan, reallocateToMu, setUnitCosts],
  references: {},
  nodes: {
    [spendId.prefix]: (uuid, context) => spendLoader(context).load(uuid),
    [acquisitionId.prefix]: (uuid, context) => acquisitionLoader(context).load(uuid),
  },
  jobs: [judgeAcquisitions, weighEconomy, proveLedger, proveEconomics, reckonSegmentRevenue],
  topics: economicsTopics,
};
