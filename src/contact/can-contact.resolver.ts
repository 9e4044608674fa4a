import { Arg, Ctx, Extensions, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import {
  BrandRelationship,
  ConsentPurposeEnum,
  CustomerBy,
  type ConsentPurpose,
  type RelationshipEntity,
} from '../customers';
import { Channel, type ChannelName } from '../messages';
import { RequestError } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { DateTime } from '../platform/graphql/scalars';
import { ContactVerdict } from './contact.type';
import { askedAt, judgeEach, judgeRelationship } from './verdict.loader';

/** As for every look-up of a person by a key. */
const lookupCost = ({ childComplexity }: { childComplexity: number }): number =>
  10 + childComplexity;

const ofChannel = { description: 'Where the message would go out.' };
const ofPurpose = {
  defaultValue: 'MESSAGES',
  description: 'What it would be for: consent to this is needed beside that to MESSAGES.',
};
const ofMoment = {
  nullable: true,
  description: 'When it would be sent; now when left out. At most 366 days from now.',
};

@Resolver()
export class CanContactQuery {
  @Allow({ brand: 'mu:messages' })
  @Query(() => ContactVerdict, {
    nullable: true,
    complexity: lookupCost,
    description:
      'Whether the brand may send a customer a message: consent, channel, address, quiet hours and how much ' +
      'has reached them of late. Null for somebody the brand does not know.',
  })
  async canContact(
    @Arg('customer', () => CustomerBy, { description: 'To whom.' }) customer: CustomerBy,
    @Arg('channel', () => Channel, ofChannel) channel: ChannelName,
    @Arg('purpose', () => ConsentPurposeEnum, ofPurpose) purpose: ConsentPurpose,
    @Arg('at', () => DateTime, ofMoment) at: Date | null | undefined,
    @Ctx() context: Context,
  ): Promise<ContactVerdict | null> {
    const question = askedAt(context, { channel, purpose, at });
    return (await judgeEach(context, [customer], question))[0] ?? null;
  }

  @Allow({ brand: 'mu:messages' })
  @Extensions({ listLimit: 'contactRecipients' })
  @Query(() => [ContactVerdict], {
    nullable: 'items',
    complexity: lookupCost,
    description:
      'As `canContact`, for up to 1,000 customers as a message is sent: one answer each, in the same order, ' +
      'null for those the brand does not know.',
  })
  canContactEach(
    @Arg('customers', () => [CustomerBy], { description: 'To whom, at most 1,000.' })
    customers: CustomerBy[],
    @Arg('channel', () => Channel, ofChannel) channel: ChannelName,
    @Arg('purpose', () => ConsentPurposeEnum, ofPurpose) purpose: ConsentPurpose,
    @Arg('at', () => DateTime, ofMoment) at: Date | null | undefined,
    @Ctx() context: Context,
  ): Promise<(ContactVerdict | null)[]> {
    const most = context.config.limits.contactRecipients;
    if (customers.length > most) {
      throw new RequestError('BAD_USER_INPUT', `A list holds at most ${most}.`);
    }
    return judgeEach(context, customers, askedAt(context, { channel, purpose, at }));
  }
}

@Resolver(() => BrandRelationship)
export class CanContactOfRelationship {
  @FieldResolver(() => ContactVerdict, {
    nullable: true,
    description: 'Whether the brand may send the customer a message, as `canContact` answers it.',
  })
  canContact(
    @Root() relationship: RelationshipEntity,
    @Arg('channel', () => Channel, ofChannel) channel: ChannelName,
    @Arg('purpose', () => ConsentPurposeEnum, ofPurpose) purpose: ConsentPurpose,
    @Arg('at', () => DateTime, ofMoment) at: Date | null | undefined,
    @Ctx() context: Context,
  ): Promise<ContactVerdict | null> {
    return judgeRelationship(context, relationship, askedAt(context, { channel, purpose, at }));
  }
}
