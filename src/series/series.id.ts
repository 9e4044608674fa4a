import { idKind } from '../platform/ids';

export const emSeriesId = idKind('ems');
export const seriesItemId = idKind('emi');
