import { Field, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';
import {
  MarketingRoute,
  SpendPurpose,
  type MarketingRouteName,
  type SpendPurposeName,
} from './marketing';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Money a brand spent on marketing, for one purpose and by one route.',
})
export class Spend extends Node {
  @Field(() => String, { nullable: true, description: 'Its id in the brand’s own systems.' })
  externalId!: string | null;

  @Field(() => SpendPurpose, { description: 'What it was spent for.' })
  purpose!: SpendPurposeName;

  @Field(() => MarketingRoute, { description: 'By what way it went.' })
  route!: MarketingRouteName;

  @Field(() => String, { nullable: true, description: 'The campaign, as the brand calls it.' })
  campaign!: string | null;

  @Field(() => String, { description: 'The first local day it was spent in, as 2026-11-21.' })
  firstDay!: string;

  @Field(() => String, { description: 'The last local day; the amount is spread over the days.' })
  lastDay!: string;

  @Field(() => MonetaryAmount, { description: 'How much; below 0 for what was given back.' })
  amount!: MonetaryAmount;

  @Field(() => DateTime, { description: 'When it was recorded here.' })
  recordedAt!: Date;
}

export const { Connection: SpendConnection } = connectionTypes(Spend, 'Spend');
