import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Mu } from '../platform/graphql/scalars';
import { EarnRule } from './earn-rule.type';
import { outcomes, type Outcome } from './rules/reasons';

const EarnOutcome = Object.fromEntries(Object.keys(outcomes).map((name) => [name, name])) as {
  [Name in Outcome]: Name;
};

registerEnumType(EarnOutcome, {
  name: 'EarnOutcome',
  description: 'What became of a rule for an event.',
  valuesConfig: Object.fromEntries(
    Object.entries(outcomes).map(([name, description]) => [name, { description }]),
  ),
});

@ObjectType({
  simpleResolvers: true,
  description: 'What one rule says of an event: that it pays, or why it does not.',
})
export class EarnExplanation {
  @Field(() => EarnRule, {
    nullable: true,
    description: 'The rule version; null for what the message itself offers.',
  })
  rule!: EarnRule | null;

  @Field(() => EarnOutcome, { description: 'What became of it.' })
  outcome!: Outcome;

  @Field(() => String, { description: 'Why, in a sentence; branch on `outcome`.' })
  reason!: string;

  @Field(() => Mu, { description: 'What it pays; 0 when it does not.' })
  amount!: number;

  /** UUID of the rule version. */
  ruleUuid!: string | null;
}
