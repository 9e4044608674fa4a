import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { connectionTypes } from '../platform/graphql/connection';
import { enumOf } from '../platform/graphql/described-enum';
import { DateTime } from '../platform/graphql/scalars';
import type { CancelName, RunStateName } from './advance';
import type { ExitName } from './definition';

/** What ends a run before its last step, as a GraphQL enum; values equal names. */
export const JourneyExit = enumOf('JourneyExit', 'What a customer does that ends their run.', {
  ATTENDED: 'They attended to anything of the brand since they came in.',
  CLICKED: 'They clicked since they came in.',
  ORDERED: 'They ordered since they came in.',
  REACTIVATED:
    'They were DORMANT or LOST when they came in, and have come back since by something that only a ' +
    'person does, and not by an advertisement.',
});

/** How a run stands, as a GraphQL enum; values equal names. */
export const JourneyRunState = enumOf('JourneyRunState', 'How a customer’s run stands.', {
  ACTIVE: 'A step is to come.',
  COMPLETED: 'The last step is done.',
  EXITED: 'They did what the journey wanted of them before its last step.',
  CANCELLED: 'They may not go on.',
});

/** What ended a run, as a GraphQL enum; values equal names. */
export const JourneyRunEnd = enumOf('JourneyRunEnd', 'What ended a run before its last step.', {
  ATTENDED: 'The exit ATTENDED.',
  CLICKED: 'The exit CLICKED.',
  ORDERED: 'The exit ORDERED.',
  REACTIVATED: 'The exit REACTIVATED.',
  OPTED_OUT: 'The customer opted out of Mu.',
  CONSENT_WITHDRAWN: 'The customer took back the consent to MESSAGES or MARKETING.',
  GONE: 'The customer is no longer the brand’s: erased, or merged into another.',
  STOPPED: 'The journey was stopped.',
});

/** What a step was, as a GraphQL enum; values equal names. */
export const JourneyStepKind = enumOf('JourneyStepKind', 'What a step does.', {
  WAIT: 'It waits.',
  REWARD: 'It asks your stack to send a message, by `journey.step_reached`.',
  BRANCH: 'It leads on by what is known of the customer.',
});

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'What a brand does with customers step by step. It sends nothing itself.',
})
export class Journey extends Node {
  @Field(() => String, { description: 'Its id in the brand’s own systems; once per brand.' })
  externalId!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The published version that lets customers in; null before the first.',
  })
  version!: number | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was stopped; null before.' })
  stoppedAt!: Date | null;
}

export const { Connection: JourneyConnection } = connectionTypes(Journey, 'Journey');

@ObjectType({ simpleResolvers: true, description: 'A step of a run that was done.' })
export class JourneyRunStep {
  @Field(() => Int, { description: 'Its number in the run, from 1.' })
  number!: number;

  @Field(() => String, { description: 'The key of the step in its version of the journey.' })
  key!: string;

  @Field(() => JourneyStepKind, { description: 'What it did.' })
  kind!: 'WAIT' | 'REWARD' | 'BRANCH';

  @Field(() => String, {
    description: 'WAITING, ANNOUNCED, or the key that a branch led to (END for none).',
  })
  outcome!: string;

  @Field(() => DateTime, { description: 'When it was done.' })
  doneAt!: Date;
}

export const { Connection: JourneyRunStepConnection } = connectionTypes(
  JourneyRunStep,
  'JourneyRunStep',
);

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A customer’s way through a journey, by the version it was when they came in.',
})
export class JourneyRun extends Node {
  @Field(() => Int, { description: 'The version of the journey.' })
  version!: number;

  @Field(() => JourneyRunState, { description: 'How it stands.' })
  state!: RunStateName;

  @Field(() => JourneyRunEnd, {
    nullable: true,
    description: 'What ended it before its last step; null otherwise.',
  })
  endedBy!: ExitName | CancelName | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When its next step is due; null when it has ended.',
  })
  dueAt!: Date | null;

  @Field(() => DateTime, { description: 'When the customer came in.' })
  enteredAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null before.' })
  endedAt!: Date | null;
}

export const { Connection: JourneyRunConnection } = connectionTypes(JourneyRun, 'JourneyRun');
