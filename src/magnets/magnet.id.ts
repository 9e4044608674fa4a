import { idKind } from '../platform/ids';

export const magnetId = idKind('mag');
export const magnetResponseId = idKind('rsp');
