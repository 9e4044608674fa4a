import { Field, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';
import {
  AcquisitionVerdict,
  MarketingRoute,
  type MarketingRouteName,
  type VerdictName,
} from './marketing';
import { PriorState, type PriorStateName } from './prior-state';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Somebody who came to a brand: by what way, at what cost, and what became of it.',
})
export class Acquisition extends Node {
  @Field(() => String, { nullable: true, description: 'Its id in the brand’s own systems.' })
  externalId!: string | null;

  @Field(() => MarketingRoute, { description: 'By what way they came.' })
  route!: MarketingRouteName;

  @Field(() => String, { nullable: true, description: 'The campaign, as the brand calls it.' })
  campaign!: string | null;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'What they cost; null where nobody said: then they share what the campaign cost.',
  })
  cost!: MonetaryAmount | null;

  @Field(() => DateTime, { description: 'When they came.' })
  acquiredAt!: Date;

  @Field(() => AcquisitionVerdict, { description: 'What became of it.' })
  verdict!: VerdictName;

  @Field(() => PriorState, {
    nullable: true,
    description: 'How silent they were before; null for somebody the brand had nothing with.',
  })
  prior!: PriorStateName | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was said whether somebody new stayed; null before, and for all others.',
  })
  judgedAt!: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they had ordered when they were judged; null before.',
  })
  ordered!: boolean | null;
}

export const { Connection: AcquisitionConnection } = connectionTypes(Acquisition, 'Acquisition');
