import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { Channel, type ChannelName } from '../messages';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { createReferralLink, type ReferralLinkAnswer } from './create-referral-link.command';
import { ReferralLinkEntity } from './referral-link.entity';
import { ReferralLink } from './referral-link.type';

@InputType({ description: 'Whose link, and where it will be shared.' })
export class CreateReferralLinkInput {
  @Field(() => CustomerBy, {
    nullable: true,
    description: 'Whose link: a brand must say; a customer gets their own and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => Channel, { description: 'Where it will be shared.' })
  channel!: ChannelName;

  @Field(() => String, {
    nullable: true,
    description: 'A hash by which you tell devices apart; a friend on the same one is refused.',
  })
  deviceHash?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `createReferralLink` did.' })
export class CreateReferralLinkPayload {
  @Field(() => ReferralLink, { nullable: true, description: 'The link; null when refused.' })
  referralLink!: ReferralLink | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CreateReferralLinkMutation {
  @Allow({ brand: 'mu:customers', customer: true })
  @Mutation(() => CreateReferralLinkPayload, {
    description:
      'Gives a customer a link to bring friends by, one for each channel; asked again, it answers the ' +
      'same link. Refused with PROGRAM_CLOSED when the brand takes no friends in.',
  })
  async createReferralLink(
    @Arg('input', () => CreateReferralLinkInput, { description: 'Whose, and where.' })
    input: CreateReferralLinkInput,
    @Ctx() context: Context,
  ): Promise<CreateReferralLinkPayload> {
    const command = callerCommand(createReferralLink.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ReferralLinkAnswer>(command);
    await refreshReads(context);
    return {
      referralLink: answer.link ? toEntity(ReferralLinkEntity, { ...answer.link }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
