import { Field, Int, ObjectType } from 'type-graphql';
import { Mu } from '../platform/graphql/scalars';
import { SurpriseDraw } from './surprise-draw.type';
import { SurprisePool } from './surprise-pool.type';

@ObjectType({
  simpleResolvers: true,
  description:
    'Every draw of a closed pool, drawn again. A customer’s audit is of their own draws.',
})
export class SurpriseAudit {
  @Field(() => SurprisePool, { description: 'The pool, with its seed.' })
  pool!: SurprisePool;

  @Field(() => Int, { description: 'How many draws there were.' })
  drawCount!: number;

  @Field(() => Int, { description: 'How many of them won.' })
  wins!: number;

  @Field(() => Mu, { description: 'What they paid.' })
  paidMu!: number;

  @Field(() => Boolean, {
    description: 'Whether the seed is the one committed to and every draw is what it says.',
  })
  verified!: boolean;

  @Field(() => [SurpriseDraw], {
    description: 'The first 100 draws that are not what the seed says; none when it is verified.',
  })
  mismatches!: SurpriseDraw[];
}
