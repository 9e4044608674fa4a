import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { createQrCode, type CreateQrCodeAnswer } from './create-qr-code.command';
import { QrCodeEntity } from './qr-code.entity';
import { QrCode } from './qr-code.type';

@InputType({ description: 'A code to be printed somewhere.' })
export class CreateQrCodeInput {
  @Field(() => String, {
    description: 'The text in its address: 1 to 64 letters, digits, dots, dashes and underscores.',
  })
  code!: string;

  @Field(() => String, { description: 'What it is called; shown on the customer’s statement.' })
  name!: string;

  @Field(() => Mu, {
    nullable: true,
    description: 'What a scan pays, from 1 to 10^15; may be left out where a magnet pays.',
  })
  mu?: number | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'A magnet whose answer a claim must bring and is paid for, beside `mu`: one of yours that is ' +
      'open, without stakes and in no message.',
  })
  magnetId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The message out of whose reserve it pays; left out, it pays out of the budget.',
  })
  messageId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The page of yours that a scan leads to, an https address.',
  })
  landingUrl?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `createQrCode` did.' })
export class CreateQrCodePayload {
  @Field(() => QrCode, { nullable: true, description: 'The code; null when refused.' })
  qrCode!: QrCode | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CreateQrCodeMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => CreateQrCodePayload, {
    description:
      'Makes a code that earns Mu for whoever scans it. It is printed once and so never changes.',
  })
  async createQrCode(
    @Arg('input', () => CreateQrCodeInput, { description: 'The code.' })
    input: CreateQrCodeInput,
    @Ctx() context: Context,
  ): Promise<CreateQrCodePayload> {
    const command = callerCommand(createQrCode.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<CreateQrCodeAnswer>(command);
    await refreshReads(context);
    return {
      qrCode: answer.qrCode ? toEntity(QrCodeEntity, { ...answer.qrCode }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
