import { Field, ID, Int, ObjectType } from 'type-graphql';
import { HotlineCause, type HotlineCauseName } from '../contact';
import { ConsentPurposeEnum, TellerEnum, type ConsentPurpose, type Teller } from '../customers';
import { PriorState, type PriorStateName } from '../economics';
import { TransferKindEnum, type TransferKind } from '../ledger';
import type { Announced } from '../platform/database/outbox-feed';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

/** What every update is made of: the announcement behind it. */
export class Update {
  constructor(readonly announced: Announced) {}

  get at(): Date {
    return this.announced.at;
  }

  protected get payload(): Record<string, unknown> {
    return this.announced.payload;
  }
}

@ObjectType({ simpleResolvers: true, description: 'Mu that was just paid to a customer.' })
export class MuGrantedUpdate extends Update {
  @Field(() => Mu, { description: 'How much.' })
  get amount(): number {
    return this.payload['amount'] as number;
  }

  @Field(() => String, { description: 'The reason in plain language.' })
  get reason(): string {
    return this.payload['reason'] as string;
  }

  @Field(() => DateTime, { description: 'When it was posted.' })
  override get at(): Date {
    return super.at;
  }

  get entryId(): string {
    return this.payload['entryId'] as string;
  }
}

@ObjectType({ simpleResolvers: true, description: 'A line that was just written to a wallet.' })
export class WalletUpdate extends Update {
  @Field(() => TransferKindEnum, { description: 'What kind of movement it was.' })
  get kind(): TransferKind {
    return this.payload['kind'] as TransferKind;
  }

  @Field(() => Mu, { description: 'How much; below 0 when it left the wallet.' })
  get amount(): number {
    return this.payload['amount'] as number;
  }

  @Field(() => String, { description: 'The reason in plain language.' })
  get reason(): string {
    return this.payload['reason'] as string;
  }

  @Field(() => DateTime, { description: 'When it was posted.' })
  override get at(): Date {
    return super.at;
  }

  get entryId(): string {
    return this.payload['entryId'] as string;
  }
}

@ObjectType({ simpleResolvers: true, description: 'A redemption that has just changed its state.' })
export class RedemptionUpdate extends Update {
  @Field(() => DateTime, { description: 'When it changed.' })
  override get at(): Date {
    return super.at;
  }

  get redemptionId(): string {
    return this.payload['redemptionId'] as string;
  }
}

export const streakChanges = {
  ADVANCED: 'One longer than before.',
  RESTARTED: 'Begun, or begun anew after a break.',
  BROKEN: 'A day or a message was missed.',
} as const;

/** What happened to a streak, as a GraphQL enum; values equal names. */
export const StreakChange = enumOf('StreakChange', 'What happened to a streak.', streakChanges);

@ObjectType({ simpleResolvers: true, description: 'A streak that has just grown, begun or ended.' })
export class StreakUpdate extends Update {
  @Field(() => StreakChange, { description: 'What happened to it.' })
  get change(): keyof typeof streakChanges {
    return this.payload['change'] as keyof typeof streakChanges;
  }

  @Field(() => Int, { description: 'Its length now; 0 when it broke.' })
  get current(): number {
    return this.payload['current'] as number;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'Its length before; null for the first of all.',
  })
  get previous(): number | null {
    return this.payload['previous'] as number | null;
  }

  @Field(() => DateTime, { description: 'When it changed.' })
  override get at(): Date {
    return super.at;
  }

  get ruleId(): string {
    return this.payload['ruleId'] as string;
  }
}

@ObjectType({
  simpleResolvers: true,
  description: 'A friend a customer brought along who has just been activated.',
})
export class ReferralUpdate extends Update {
  @Field(() => Mu, { description: 'What the one who brought them was paid.' })
  get referrerMu(): number {
    return this.payload['referrerMu'] as number;
  }

  @Field(() => DateTime, { description: 'When they were activated.' })
  override get at(): Date {
    return super.at;
  }

  get referralId(): string {
    return this.payload['referralId'] as string;
  }
}

@ObjectType({ simpleResolvers: true, description: 'A gift by lot that a customer has just won.' })
export class SurpriseUpdate extends Update {
  @Field(() => Mu, { description: 'How much was won.' })
  get amount(): number {
    return this.payload['amount'] as number;
  }

  @Field(() => DateTime, { description: 'When it was won.' })
  override get at(): Date {
    return super.at;
  }

  get poolId(): string {
    return this.payload['poolId'] as string;
  }
}

@ObjectType({
  simpleResolvers: true,
  description: 'Customers who have just come to a step of a journey that sends a message.',
})
export class JourneyStepUpdate extends Update {
  @Field(() => ID, { description: 'The journey, `jny_…`.' })
  get journeyId(): string {
    return this.payload['journeyId'] as string;
  }

  @Field(() => Int, { description: 'The version of the journey.' })
  get version(): number {
    return this.payload['version'] as number;
  }

  @Field(() => String, { description: 'The key of the step.' })
  get step(): string {
    return this.payload['step'] as string;
  }

  @Field(() => ID, { description: 'The message to send, `msg_…`.' })
  get messageId(): string {
    return this.payload['messageId'] as string;
  }

  @Field(() => [ID], { description: 'Ids of the customers to send it to, 500 at most.' })
  get recipients(): string[] {
    return this.payload['recipients'] as string[];
  }

  @Field(() => DateTime, { description: 'When they came to it.' })
  override get at(): Date {
    return super.at;
  }
}

@ObjectType({
  simpleResolvers: true,
  description: 'One of a brand’s best customers who has just been recognised at a store.',
})
export class VelvetArrivalUpdate extends Update {
  @Field(() => String, { description: 'The store, by the brand’s own name for it.' })
  get storeId(): string {
    return this.payload['storeId'] as string;
  }

  @Field(() => DateTime, { description: 'When they were recognised.' })
  override get at(): Date {
    return super.at;
  }
}

@ObjectType({
  simpleResolvers: true,
  description: 'Somebody a brand has just paid for who had been its customer before.',
})
export class ReacquisitionUpdate extends Update {
  @Field(() => PriorState, { description: 'How silent they were before.' })
  get prior(): PriorStateName {
    return this.payload['prior'] as PriorStateName;
  }

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'What they cost this time; null where nobody said.',
  })
  get cost(): MonetaryAmount | null {
    const { cost, currency } = this.payload as { cost: string | null; currency: string | null };
    return cost === null || currency === null ? null : { amount: cost, currencyCode: currency };
  }

  @Field(() => DateTime, { description: 'When it was detected.' })
  override get at(): Date {
    return super.at;
  }

  get acquisitionId(): string {
    return this.payload['acquisitionId'] as string;
  }
}

@ObjectType({
  simpleResolvers: true,
  description: 'What a customer allows a brand has just changed.',
})
export class ConsentUpdate extends Update {
  @Field(() => ConsentPurposeEnum, { description: 'What it is about.' })
  get purpose(): ConsentPurpose {
    return this.payload['purpose'] as ConsentPurpose;
  }

  @Field(() => Boolean, { description: 'Whether the customer allows it now.' })
  get granted(): boolean {
    return this.payload['granted'] as boolean;
  }

  @Field(() => TellerEnum, { description: 'Who told us.' })
  get toldBy(): Teller {
    return this.payload['toldBy'] as Teller;
  }

  @Field(() => DateTime, { description: 'When it changed.' })
  override get at(): Date {
    return super.at;
  }
}

@ObjectType({
  simpleResolvers: true,
  description: 'A line to a customer that a brand has just lost.',
})
export class HotlineUpdate extends Update {
  @Field(() => HotlineCause, { description: 'What ended it.' })
  get cause(): HotlineCauseName {
    return this.payload['cause'] as HotlineCauseName;
  }

  @Field(() => DateTime, { description: 'When the brand heard from the customer last.' })
  get lastHeard(): Date {
    return new Date(this.payload['lastHeard'] as string);
  }

  @Field(() => DateTime, { description: 'When it was found out.' })
  override get at(): Date {
    return super.at;
  }
}
