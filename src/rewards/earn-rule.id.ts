import { idKind } from '../platform/ids';

export const earnRuleId = idKind('rul');
