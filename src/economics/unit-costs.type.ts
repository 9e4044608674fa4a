import { Field, Int, ObjectType } from 'type-graphql';
import { Channel, type ChannelName } from '../messages';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { moneyOf } from './figures';
import { priceParts, type UnitCosts as StoredCosts } from './unit-costs';

@ObjectType({ simpleResolvers: true, description: 'What a message of one channel costs.' })
export class MessageCost {
  @Field(() => Channel, { description: 'The channel.' })
  channel!: ChannelName;

  @Field(() => String, { description: 'What one message costs, such as "0.01".' })
  cost!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What single things cost a brand, as decimals of its currency.',
})
export class UnitCosts {
  @Field(() => String, {
    nullable: true,
    description: 'What the brand pays for a Mu, such as "0.10"; null while nobody has said.',
  })
  muPrice!: string | null;

  @Field(() => [MessageCost], { description: 'Channels that cost something.' })
  messageCosts!: MessageCost[];

  @Field(() => MonetaryAmount, { description: 'What serving one order costs.' })
  serviceCostPerOrder!: MonetaryAmount;

  @Field(() => Int, {
    description: 'After how many days it is said whether somebody who was new has stayed.',
  })
  survivalDays!: number;
}

/** Unit costs as the graph shows them. */
export function toUnitCosts(costs: StoredCosts): UnitCosts {
  return {
    muPrice: costs.muPrice === null ? null : priceText(costs.muPrice),
    messageCosts: Object.entries(costs.messageCosts)
      .filter(([, price]) => price > 0)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([channel, price]) => ({ channel: channel as ChannelName, cost: priceText(price) })),
    serviceCostPerOrder: moneyOf(costs.currency)(costs.serviceCostMinor),
    survivalDays: costs.survivalDays,
  };
}

/** A price with two decimals, or as many more as it has. */
function priceText(price: number): string {
  const fraction = String(price % priceParts).padStart(6, '0');
  return `${Math.floor(price / priceParts)}.${fraction.slice(0, 2)}${fraction.slice(2).replace(/0+$/, '')}`;
}
