import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { BrandRelationship, CustomerBy, loadRelationship } from '../customers';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { callerCommand } from '../platform/database/caller-command';
import { setQuietHours, type QuietHoursAnswer } from './set-quiet-hours.command';

@InputType({ description: 'When a customer is to be left alone.' })
export class SetQuietHoursInput {
  @Field(() => CustomerBy, {
    nullable: true,
    description: 'Who: a brand must say; a customer speaks for themselves and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => String, {
    nullable: true,
    description:
      'When it begins on their clock, such as 22:00; null with `until` for the brand’s again.',
  })
  from?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'When it is over, such as 08:00; the same time as `from` for never.',
  })
  until?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `setQuietHours` did.' })
export class SetQuietHoursPayload {
  @Field(() => BrandRelationship, {
    nullable: true,
    description: 'The customer with the brand, as it now is; null when refused.',
  })
  relationship!: BrandRelationship | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class SetQuietHoursMutation {
  @Allow({ brand: 'mu:customers', customer: true })
  @Mutation(() => SetQuietHoursPayload, {
    description:
      'Writes down when a customer is to be left alone, which stands instead of the brand’s quiet hours.',
  })
  async setQuietHours(
    @Arg('input', () => SetQuietHoursInput, { description: 'When a customer is to be left alone.' })
    input: SetQuietHoursInput,
    @Ctx() context: Context,
  ): Promise<SetQuietHoursPayload> {
    const command = callerCommand(setQuietHours.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<QuietHoursAnswer>(command);
    await refreshReads(context);
    const relationship = answer.of ? await loadRelationship(context, answer.of) : null;
    return { relationship, replayed, userErrors: answer.userErrors };
  }
}
