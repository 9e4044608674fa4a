import { idKind } from '../platform/ids';

export const reportId = idKind('rpt');
export const reportScheduleId = idKind('rsc');
