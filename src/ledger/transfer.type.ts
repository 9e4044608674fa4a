import { Directive, Field, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { transferKinds, type TransferKind } from './transfer';
import { enumOf } from '../platform/graphql/described-enum';

export const TransferKindEnum = enumOf(
  'TransferKind',
  'Why Mu moved, and between which kinds of accounts.',
  transferKinds,
);

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A movement of Mu between two accounts: two entries that sum to zero. Never changed; a mistake is ' +
    'mended by a reversal.',
})
export class LedgerTransfer extends Node {
  @Field(() => TransferKindEnum, { description: 'Why the Mu moved.' })
  kind!: TransferKind;

  @Field(() => Mu, { description: 'How much moved; always positive.' })
  amount!: number;

  @Field(() => String, { description: 'The reason in plain language.' })
  reason!: string;

  @Field(() => DateTime, { description: 'When it was posted, by the ledger’s clock.' })
  postedAt!: Date;
}
