import { Directive, Field, InputType } from 'type-graphql';
import { AttentionCondition } from './attention.condition';
import { BandCondition } from './band.condition';
import { ConsentCondition, IdentityCondition } from './profile.conditions';
import { MomentRange } from './ranges.input';
import { MuCondition, StreakCondition } from './reward.conditions';
import { TraitCondition } from './trait.condition';
import { OrdersCondition, WorthCondition } from './value.conditions';

@Directive('@oneOf')
@InputType({
  description:
    'A condition on a customer, by exactly one of its fields. Texts are compared letter by letter; how ' +
    'deep conditions may nest, and how many there may be, are limits.',
})
export class CustomerCondition {
  @Field(() => [CustomerCondition], { nullable: true, description: 'All of these hold.' })
  and?: CustomerCondition[] | null;

  @Field(() => [CustomerCondition], { nullable: true, description: 'One of these holds.' })
  or?: CustomerCondition[] | null;

  @Field(() => CustomerCondition, { nullable: true, description: 'This does not hold.' })
  not?: CustomerCondition | null;

  @Field(() => TraitCondition, { nullable: true, description: 'What the brand noted of them.' })
  trait?: TraitCondition | null;

  @Field(() => MomentRange, {
    nullable: true,
    description: 'When the brand first identified them.',
  })
  createdAt?: MomentRange | null;

  @Field(() => IdentityCondition, { nullable: true, description: 'How they can be reached.' })
  identity?: IdentityCondition | null;

  @Field(() => ConsentCondition, { nullable: true, description: 'What they allow the brand.' })
  consent?: ConsentCondition | null;

  @Field(() => AttentionCondition, { nullable: true, description: 'The attention they give.' })
  attention?: AttentionCondition | null;

  @Field(() => OrdersCondition, { nullable: true, description: 'What they bought.' })
  orders?: OrdersCondition | null;

  @Field(() => WorthCondition, { nullable: true, description: 'What they are worth.' })
  worth?: WorthCondition | null;

  @Field(() => BandCondition, { nullable: true, description: 'Where a model has put them.' })
  band?: BandCondition | null;

  @Field(() => MuCondition, { nullable: true, description: 'The brand’s part of their Mu.' })
  mu?: MuCondition | null;

  @Field(() => StreakCondition, { nullable: true, description: 'How long they have kept at it.' })
  streak?: StreakCondition | null;
}
