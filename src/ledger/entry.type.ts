import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { connectionTypes } from '../platform/graphql/connection';
import { DateTime, Mu } from '../platform/graphql/scalars';
import type { TransferKind } from './transfer';
import { TransferKindEnum } from './transfer.type';

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'One line of a statement: an amount, signed as the account sees it, and the balance it led to.',
})
export class LedgerEntry extends Node {
  @Field(() => Int, {
    description: 'Number of the line, from 1 without gaps; in a brand’s view, among its own lines.',
  })
  number!: number;

  @Field(() => Mu, { description: 'Signed amount: above zero came in, below zero went out.' })
  amount!: number;

  @Field(() => Mu, {
    description:
      'Balance after this line; for a brand without the customer’s consent, of its own share.',
  })
  balanceAfter!: number;

  @Field(() => TransferKindEnum, { description: 'Why the Mu moved.' })
  kind!: TransferKind;

  @Field(() => String, { description: 'The reason in plain language.' })
  reason!: string;

  @Field(() => DateTime, { description: 'When it was posted, by the ledger’s clock.' })
  postedAt!: Date;
}

export const { Connection: LedgerEntryConnection } = connectionTypes(LedgerEntry, 'LedgerEntry');
