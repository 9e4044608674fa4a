import { idKind } from '../platform/ids';

export const customActionId = idKind('act');
