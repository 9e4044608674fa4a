import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import { RequestError, type UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { forgetLoaded } from '../platform/graphql/loaders';
import { EmailAddress } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { tenantOf } from './brand-meant';
import { BrandEntity } from './brand.entity';
import { Brand } from './brand.type';
import { TriadThird, type TriadThirdName } from './triad-third';
import { updateBrandHandler, type UpdateBrandAnswer } from './update-brand.command';

@InputType({ description: 'Settings of a brand to change; what is left out stays as it is.' })
export class UpdateBrandInput {
  @Field(() => ID, {
    nullable: true,
    description: "The brand to change: the platform must name it, a brand's key means its own.",
  })
  brandId?: string | null;

  @Field(() => String, { nullable: true, description: 'The name people know the brand by.' })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "IANA time zone in which the brand's days begin, such as Asia/Kolkata.",
  })
  timezone?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Attention that happened longer ago is refused: 1 to 365 days.',
  })
  maxEventAgeDays?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The verification key of SendGrid's event webhook, as its settings show it; null removes it.",
  })
  sendgridPublicKey?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "For the platform: how much cost the brand's bucket holds, one in each process; null means the default.",
  })
  bucketSize?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'For the platform: how much cost flows into the bucket each second; null means the default.',
  })
  bucketPerSecond?: number | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Where links in mails may lead: origins such as https://shop.example, all of them anew. A link ' +
      'to anywhere else leads nowhere.',
  })
  linkOrigins?: string[] | null;

  @Field(() => [EmailAddress], {
    nullable: true,
    description: 'The addresses whose mails may post AMP forms, all of them anew.',
  })
  ampSenders?: string[] | null;

  @Field(() => TriadThird, {
    nullable: true,
    description: 'What the third number of a subject line is; null means ACTION_MAXIMUM.',
  })
  triadThird?: TriadThirdName | null;

  @Field(() => String, {
    description: '8 to 200 printable characters; the same key answers the first answer again.',
  })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What updateBrand did.' })
export class UpdateBrandPayload {
  @Field(() => Brand, {
    nullable: true,
    description: 'The brand as the change left it; null when refused.',
  })
  brand!: Brand | null;

  @Field(() => Boolean, { description: 'Whether this is the answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class UpdateBrandMutation {
  @Mutation(() => UpdateBrandPayload, {
    description: 'Changes settings of a brand. Its slug and its currency stay for good.',
  })
  @Allow({ platform: true, brand: 'mu:keys' })
  async updateBrand(
    @Arg('input', () => UpdateBrandInput, { description: 'The settings to change.' })
    input: UpdateBrandInput,
    @Ctx() context: Context,
  ): Promise<UpdateBrandPayload> {
    const { caller, commands } = context;
    const setsBucket = input.bucketSize !== undefined || input.bucketPerSecond !== undefined;
    if (setsBucket && caller.kind !== 'platform') {
      throw new RequestError('FORBIDDEN', 'Cost buckets are set by the platform.');
    }
    const { kind } = updateBrandHandler;
    const tenant = tenantOf(caller, input.brandId);
    const command = callerCommand(kind, input, caller, tenant);
    const { answer, replayed } = await commands.submit<UpdateBrandAnswer>(command);
    await context.reads.refresh();
    forgetLoaded(context);
    return {
      brand: answer.brand === undefined ? null : toEntity(BrandEntity, answer.brand),
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
