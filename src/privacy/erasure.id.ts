import { idKind } from '../platform/ids';

export const erasureId = idKind('ers');
