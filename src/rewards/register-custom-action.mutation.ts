import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { customActionLoader, ownCustomActions } from './custom-action.loader';
import { CustomAction } from './custom-action.type';
import type { RegisterCustomActionAnswer } from './register-custom-action.command';

@InputType({ description: 'An action of the brand’s own; a name used before is described anew.' })
export class RegisterCustomActionInput {
  @Field(() => String, { description: 'Name, as events will give it; at most 64 bytes.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is, for people.' })
  description?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `registerCustomAction` did.' })
export class RegisterCustomActionPayload {
  @Field(() => CustomAction, { nullable: true, description: 'The action; null when refused.' })
  customAction!: CustomAction | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CustomActionResolver {
  @Allow({ brand: 'mu:read' })
  @Query(() => [CustomAction], { description: 'The actions the brand has defined, by name.' })
  customActions(@Ctx() context: Context): Promise<CustomAction[]> {
    return ownCustomActions(context);
  }

  @Allow({ brand: 'mu:rules' })
  @Mutation(() => RegisterCustomActionPayload, {
    description:
      'Defines an action of the brand’s own. From the first one on, every event of the action CUSTOM ' +
      'must name one of them.',
  })
  async registerCustomAction(
    @Arg('input', () => RegisterCustomActionInput, { description: 'The action.' })
    input: RegisterCustomActionInput,
    @Ctx() context: Context,
  ): Promise<RegisterCustomActionPayload> {
    const { answer, replayed } = await context.commands.submit<RegisterCustomActionAnswer>(
      callerCommand('registerCustomAction', input, context.caller),
    );
    await refreshReads(context);
    const id = answer.customActionId;
    const customAction = id === undefined ? null : await customActionLoader(context).load(id);
    return { customAction, replayed, userErrors: answer.userErrors };
  }
}
