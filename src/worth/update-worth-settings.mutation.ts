import {
  Arg,
  Ctx,
  Field,
  Float,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import {
  updateWorthSettings,
  type UpdateWorthSettingsAnswer,
} from './update-worth-settings.command';
import { worthTermsLoader } from './worth-settings.loader';
import { ClvModel, WorthSettings } from './worth-settings.type';
import type { ClvModelName } from './worth-terms';

@InputType({ description: 'What is left out stays as it is; null goes back to the default.' })
export class UpdateWorthSettingsInput {
  @Field(() => Float, {
    nullable: true,
    description: 'What the brand keeps of an order, from 0 to 1; 0.4 unless set.',
  })
  margin?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'By how much a year makes money worth less, from 0 to 10; 0.1 unless set.',
  })
  discount?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many years ahead it looks, from 1 to 50; 3 unless set.',
  })
  horizonYears?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The share of customers who stay from one year to the next, 0 to 1; 0.8 unless set.',
  })
  yearlyRetention?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The usual pause between orders in days, 1 to 3650, while no customer has come back; 90 unless set.',
  })
  daysBetweenOrders?: number | null;

  @Field(() => ClvModel, { nullable: true, description: 'The rule, unless set.' })
  clvModel?: ClvModelName | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `updateWorthSettings` did.' })
export class UpdateWorthSettingsPayload {
  @Field(() => WorthSettings, {
    nullable: true,
    description: 'The settings as they are now; null when refused.',
  })
  settings!: WorthSettings | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class UpdateWorthSettingsMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => UpdateWorthSettingsPayload, {
    description:
      "Sets by what customers' lifetime values are reckoned. Asked for, they are of the new settings at " +
      'once; lists that rank by them follow within minutes.',
  })
  async updateWorthSettings(
    @Arg('input', () => UpdateWorthSettingsInput, { description: 'The settings to change.' })
    input: UpdateWorthSettingsInput,
    @Ctx() context: Context,
  ): Promise<UpdateWorthSettingsPayload> {
    const command = callerCommand(updateWorthSettings.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<UpdateWorthSettingsAnswer>(command);
    await refreshReads(context);
    const { brandUuid, userErrors } = answer;
    const settings =
      brandUuid === undefined ? null : await worthTermsLoader(context).load(brandUuid);
    return { settings, replayed, userErrors };
  }
}
