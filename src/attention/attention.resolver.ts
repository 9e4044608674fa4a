import { Args, ArgsType, Ctx, Field, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import { Customer, customerLoader, type CustomerEntity } from '../customers';
import { LedgerEntry, type EntryEntity } from '../ledger';
import { Message, messageLoader } from '../messages';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { DateTime, JSONObject } from '../platform/graphql/scalars';
import { AttentionActionEnum, type AttentionAction } from './action';
import type { AttentionEventEntity } from './attention-event.entity';
import { AttentionEvent, AttentionEventConnection } from './attention-event.type';
import { attentionEventLoader, readAttention } from './attention.loader';

@ArgsType()
class AttentionArgs extends PageArgs {
  @Field(() => AttentionActionEnum, { nullable: true, description: 'Only events of this action.' })
  action?: AttentionAction | null;

  @Field(() => DateTime, { nullable: true, description: 'Only events that happened since.' })
  since?: Date | null;
}

@Resolver(() => Customer)
export class AttentionOnCustomer {
  @FieldResolver(() => AttentionEventConnection, {
    description: 'What the customer did, latest first; a brand sees what was done with it.',
  })
  attention(
    @Root() customer: CustomerEntity,
    @Args(() => AttentionArgs) args: AttentionArgs,
    @Ctx() context: Context,
  ): Promise<Connection<AttentionEventEntity>> {
    const filter = { action: args.action ?? null, since: args.since ?? null };
    return readAttention(context, customer.uuid, args, filter);
  }
}

@Resolver(() => AttentionEvent)
export class LinksOfAttentionEvent {
  @FieldResolver(() => JSONObject, {
    nullable: true,
    description: 'What the sender said about the event.',
  })
  async properties(
    @Root() event: AttentionEventEntity,
    @Ctx() context: Context,
  ): Promise<Record<string, unknown> | null> {
    if (event.storedProperties !== undefined) return event.storedProperties;
    const stored = await attentionEventLoader(context).load(event.uuid);
    return stored?.storedProperties ?? null;
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'The brand it was done with.' })
  brand(@Root() event: AttentionEventEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(event.brandUuid);
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'Who did it.' })
  customer(@Root() event: AttentionEventEntity, @Ctx() context: Context): Promise<Customer | null> {
    return customerLoader(context).load(event.customerUuid);
  }

  @FieldResolver(() => Message, { nullable: true, description: 'The message it was done to.' })
  async message(
    @Root() event: AttentionEventEntity,
    @Ctx() context: Context,
  ): Promise<Message | null> {
    return event.messageUuid === null ? null : messageLoader(context).load(event.messageUuid);
  }
}

@Resolver(() => LedgerEntry)
export class EventOfEntry {
  @FieldResolver(() => AttentionEvent, {
    nullable: true,
    description: 'The event that was paid, when it was one.',
  })
  async event(@Root() entry: EntryEntity, @Ctx() context: Context): Promise<AttentionEvent | null> {
    return entry.eventUuid === null ? null : attentionEventLoader(context).load(entry.eventUuid);
  }
}
