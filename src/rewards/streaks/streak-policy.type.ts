import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';

export const StreakUnit = { DAY: 'DAY', MESSAGE: 'MESSAGE', SERIES: 'SERIES' } as const;

export type StreakUnitName = keyof typeof StreakUnit;

registerEnumType(StreakUnit, {
  name: 'StreakUnit',
  description: 'What a streak counts.',
  valuesConfig: {
    DAY: { description: 'Consecutive local days with a qualifying event.' },
    MESSAGE: {
      description: 'Consecutive delivered messages, each with a qualifying event in its window.',
    },
    SERIES: { description: 'As MESSAGE, each series of ems by itself and no other message.' },
  },
});

export const StreakScope = { BRAND: 'BRAND', NETWORK: 'NETWORK' } as const;

export type StreakScopeName = keyof typeof StreakScope;

registerEnumType(StreakScope, {
  name: 'StreakScope',
  description: 'Whose attention keeps a streak of days going.',
  valuesConfig: {
    BRAND: { description: 'Attention to this brand.' },
    NETWORK: {
      description:
        'Attention to any brand, for customers who allow this one NETWORK_STREAK; for others as BRAND.',
    },
  },
});

@ObjectType('StreakPolicy', {
  simpleResolvers: true,
  description:
    'How a streak is counted. Days on which the brand delivered nothing to the customer neither extend ' +
    'nor break it.',
})
export class StreakPolicyType {
  @Field(() => StreakUnit, { description: 'What is counted.' })
  unit!: StreakUnitName;

  @Field(() => Int, { description: 'From this length on the payment no longer grows.' })
  cap!: number;

  @Field(() => Int, { description: 'Length of a streak’s first unit.' })
  startAt!: number;

  @Field(() => Int, { description: 'Length after a break.' })
  resetTo!: number;

  @Field(() => Int, { description: 'Missed units that are forgiven.' })
  graceUnits!: number;

  @Field(() => StreakScope, { description: 'Whose attention keeps it going.' })
  scope!: StreakScopeName;

  @Field(() => Int, {
    description: 'Hours after its delivery within which a message must get its event.',
  })
  windowHours!: number;
}

@InputType({ description: 'A streak; what is left out has the published default.' })
export class StreakPolicyInput {
  @Field(() => StreakUnit, { nullable: true, description: 'What is counted; DAY.' })
  unit?: StreakUnitName | null;

  @Field(() => Int, { nullable: true, description: 'Length from which payment stops growing; 5.' })
  cap?: number | null;

  @Field(() => Int, { nullable: true, description: 'Length of the first unit; 1.' })
  startAt?: number | null;

  @Field(() => Int, { nullable: true, description: 'Length after a break; 1.' })
  resetTo?: number | null;

  @Field(() => Int, { nullable: true, description: 'Missed units that are forgiven; 0.' })
  graceUnits?: number | null;

  @Field(() => StreakScope, {
    nullable: true,
    description: 'Whose attention keeps it going; BRAND. Only days may have another.',
  })
  scope?: StreakScopeName | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Hours within which a message must get its event, from 1 to 720; 72.',
  })
  windowHours?: number | null;
}
