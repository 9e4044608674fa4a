import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Message } from '../../messages';
import { Mu } from '../../platform/graphql/scalars';
import { EarnRule } from '../earn-rule.type';
import { StreakUnit, type StreakUnitName } from './streak-policy.type';

export const StreakState = { ALIVE: 'ALIVE', BROKEN: 'BROKEN' } as const;

export type StreakStateName = keyof typeof StreakState;

registerEnumType(StreakState, {
  name: 'StreakState',
  description: 'Whether a streak goes on.',
  valuesConfig: {
    ALIVE: { description: 'The next unit makes it longer.' },
    BROKEN: { description: 'A unit was missed; the next one starts anew.' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: 'How many units in a row a customer has kept up.',
})
export class Streak {
  @Field(() => StreakUnit, { description: 'What is counted.' })
  unit!: StreakUnitName;

  @Field(() => Int, { description: 'Length with the last qualifying unit; 0 once it is broken.' })
  current!: number;

  @Field(() => Int, { description: 'The greatest length it ever had.' })
  best!: number;

  @Field(() => StreakState, { description: 'Whether it goes on.' })
  state!: StreakStateName;

  @Field(() => String, {
    description: 'The local day of the last qualifying event, as 2026-11-21.',
  })
  lastDay!: string;

  @Field(() => Message, {
    nullable: true,
    description: 'The last message that qualified; null for a streak of days.',
  })
  lastMessage!: Message | null;

  @Field(() => Mu, { description: 'What the next unit in a row pays; after a break, the first.' })
  nextMu!: number;

  @Field(() => EarnRule, { nullable: true, description: 'The rule version whose streak it is.' })
  rule!: EarnRule | null;

  /** UUID of the rule version. */
  ruleUuid!: string;

  /** UUID of the last message. */
  messageUuid!: string | null;
}
