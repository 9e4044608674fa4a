import { idKind } from '../platform/ids';

/** Public ids of experiments: `exp_…`. */
export const experimentId = idKind('exp');
