import { idKind } from '../platform/ids';

export const spendId = idKind('spd');
export const acquisitionId = idKind('acq');
export const budgetPlanId = idKind('bpl');
export const budgetShiftId = idKind('bsh');
