import { idKind } from '../platform/ids';

export const attentionId = idKind('att');
