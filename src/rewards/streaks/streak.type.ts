import { Field, Int, ObjectType } from 'type-graphql';
import { Mu } from '../../platform/graphql/scalars';
import { EarnRule, StreakUnit } from '../earn-rule.type';

@ObjectType({
  simpleResolvers: true,
  description: 'How many units in a row a customer has kept up.',
})
export class Streak {
  @Field(() => StreakUnit, { description: 'What is counted.' })
  unit!: 'DAY';

  @Field(() => Int, { description: 'Length with the last qualifying day.' })
  current!: number;

  @Field(() => String, { description: 'The last qualifying local day, as 2026-11-21.' })
  lastDay!: string;

  @Field(() => Mu, { description: 'What the next day in a row pays.' })
  nextMu!: number;

  @Field(() => EarnRule, { nullable: true, description: 'The rule version whose streak it is.' })
  rule!: EarnRule | null;

  /** UUID of the rule version. */
  ruleUuid!: string;
}
