import { idKind } from '../platform/ids';

export const journeyId = idKind('jny');
export const journeyRunId = idKind('jrn');
