import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Consent, ConsentPurposeEnum, CustomerBy, type ConsentPurpose } from '../customers';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { DateTime } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { grantConsent } from './change-consent.command';
import { changeConsent } from './change-consent';

@InputType({ description: 'What a customer allows the brand.' })
export class GrantConsentInput {
  @Field(() => CustomerBy, {
    nullable: true,
    description: 'Who: a brand must say; a customer speaks for themselves and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => ConsentPurposeEnum, { description: 'What it is about.' })
  purpose!: ConsentPurpose;

  @Field(() => String, {
    nullable: true,
    description: 'Where the customer said so, for the record: a form, a shop, a call.',
  })
  source?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the customer said so; now when left out. The newest word counts.',
  })
  at?: Date | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `grantConsent` did.' })
export class GrantConsentPayload {
  @Field(() => Consent, {
    nullable: true,
    description: 'What counts now: another word, if a newer one was there; null when refused.',
  })
  consent!: Consent | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class GrantConsentMutation {
  @Allow({ brand: 'mu:customers', customer: true })
  @Mutation(() => GrantConsentPayload, {
    description:
      'Writes down that a customer allows the brand something. Every word is kept; the newest counts.',
  })
  grantConsent(
    @Arg('input', () => GrantConsentInput, { description: 'What a customer allows the brand.' })
    input: GrantConsentInput,
    @Ctx() context: Context,
  ): Promise<GrantConsentPayload> {
    return changeConsent(context, grantConsent.kind, input);
  }
}
