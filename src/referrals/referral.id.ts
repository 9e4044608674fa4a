import { idKind } from '../platform/ids';

export const referralId = idKind('ref');
export const referralLinkId = idKind('rln');
export const referralProgramId = idKind('rpg');
