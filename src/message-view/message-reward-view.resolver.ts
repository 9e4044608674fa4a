import { Arg, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { CustomerBy } from '../customers';
import type { LinkPurpose } from '../platform/auth/link-token';
import { RequestError } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { checkDestination } from './destination';
import { FormAction, type FormActionName } from './form-action';
import { linkLoader } from './links';
import { viewsOf, type ViewSource } from './message-reward-view.loader';
import { MessageRewardView } from './message-reward-view.type';

/** As for every look-up of a person by a key. */
const lookupCost = ({ childComplexity }: { childComplexity: number }): number =>
  10 + childComplexity;

@Resolver(() => MessageRewardView)
export class MessageRewardViewResolver {
  @Allow({ brand: 'mu:messages' })
  @Query(() => MessageRewardView, {
    nullable: true,
    complexity: lookupCost,
    description:
      'What to write into one message for one recipient: the three numbers for the subject, and the ' +
      'links for pixel, footer, clicks and forms. Null when the brand knows no such customer or message.',
  })
  async messageRewardView(
    @Arg('customer', () => CustomerBy, { description: 'The recipient.' }) customer: CustomerBy,
    @Arg('messageId', () => ID, { description: 'A message of the brand, `msg_…`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<MessageRewardView | null> {
    const [view] = await viewsOf(context, [customer], id);
    return view ?? null;
  }

  @Allow({ brand: 'mu:messages' })
  @Extensions({ listLimit: 'messageViewRecipients' })
  @Query(() => [MessageRewardView], {
    nullable: 'items',
    complexity: lookupCost,
    description:
      'As `messageRewardView`, for up to 1,000 recipients: one answer each, in the same order, null ' +
      'for those the brand does not know.',
  })
  async messageRewardViews(
    @Arg('customers', () => [CustomerBy], { description: 'The recipients, at most 1,000.' })
    customers: CustomerBy[],
    @Arg('messageId', () => ID, { description: 'A message of the brand, `msg_…`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<(MessageRewardView | null)[]> {
    const most = context.config.limits.messageViewRecipients;
    if (customers.length > most) {
      throw new RequestError('BAD_USER_INPUT', `A list holds at most ${most}.`);
    }
    return viewsOf(context, customers, id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The picture that counts: the live balance, drawn anew whenever the mail is opened; ' +
      '`?theme=dark` suits dark mails. Null for a recipient who has opted out.',
  })
  footerUrl(@Root() view: ViewSource, @Ctx() context: Context): Promise<string> | null {
    return view.warState === 'OPTED_OUT' ? null : link(context, view, 'footer');
  }

  @FieldResolver(() => String, {
    description: 'An invisible picture whose loading records an open.',
  })
  pixelUrl(@Root() view: ViewSource, @Ctx() context: Context): Promise<string> {
    return link(context, view, 'open');
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'A link that records a click and leads on.',
  })
  async clickUrl(
    @Arg('to', () => String, {
      description: "Where it leads: an address of one of the brand's `linkOrigins`.",
    })
    to: string,
    @Root() view: ViewSource,
    @Ctx() context: Context,
  ): Promise<string> {
    const { linkBytes } = context.config.limits;
    const destination = checkDestination(to, view.brand.linkOrigins ?? [], linkBytes);
    return link(context, view, 'click', destination);
  }

  @FieldResolver(() => String, {
    description: 'Where an AMP form in the mail posts to (`action-xhr`).',
  })
  ampUrl(
    @Arg('action', () => FormAction, {
      defaultValue: 'FORM',
      description: 'What posting it is recorded as.',
    })
    action: FormActionName,
    @Root() view: ViewSource,
    @Ctx() context: Context,
  ): Promise<string> {
    return link(context, view, 'amp', action);
  }
}

function link(
  context: Context,
  { message, customerUuid, linksExpireAt }: ViewSource,
  purpose: LinkPurpose,
  detail: string | null = null,
): Promise<string> {
  return linkLoader(context).load({
    purpose,
    brandId: message.brandUuid,
    customerId: customerUuid,
    messageId: message.uuid,
    detail,
    expiresAt: linksExpireAt,
  });
}
