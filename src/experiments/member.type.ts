import { Field, Int, ObjectType } from 'type-graphql';
import type { ArmName } from '../holdouts';
import { connectionTypes } from '../platform/graphql/connection';
import { DateTime } from '../platform/graphql/scalars';
import { ExperimentArmName } from './experiment-outcome';

const first = (what: string) => ({
  nullable: true,
  description: `When they first ${what} within the experiment’s time; null before.`,
});

@ObjectType({ simpleResolvers: true, description: 'A customer in an arm of an experiment.' })
export class ExperimentMember {
  @Field(() => ExperimentArmName, { description: 'Which arm; it never changes.' })
  arm!: ArmName;

  @Field(() => DateTime, { description: 'When they were put into it.' })
  enteredAt!: Date;

  @Field(() => DateTime, first('were sent a message of the brand'))
  deliveredAt!: Date | null;

  @Field(() => DateTime, first('opened one'))
  openedAt!: Date | null;

  @Field(() => DateTime, first('clicked'))
  clickedAt!: Date | null;

  @Field(() => DateTime, first('ordered'))
  orderedAt!: Date | null;

  @Field(() => DateTime, first('were reactivated'))
  reactivatedAt!: Date | null;

  @Field(() => Int, { description: 'How many messages of the experiment reached them.' })
  deliveries!: number;
}

export const { Connection: ExperimentMemberConnection } = connectionTypes(
  ExperimentMember,
  'ExperimentMember',
);
