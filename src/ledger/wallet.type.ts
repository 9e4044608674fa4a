import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Mu } from '../platform/graphql/scalars';
import type { WalletSnapshot, WalletState } from './wallet';

export const WalletStateEnum: { [State in WalletState]: State } = {
  WHATS_IT: 'WHATS_IT',
  ACTIVATE: 'ACTIVATE',
  REDEEM: 'REDEEM',
  OPTED_OUT: 'OPTED_OUT',
};

registerEnumType(WalletStateEnum, {
  name: 'WalletState',
  description: 'Where a person stands with Mu; decides the call to action of a message’s footer.',
  valuesConfig: {
    WHATS_IT: { description: 'Does not know Mu yet: offer to explain it.' },
    ACTIVATE: {
      description:
        'Asked what Mu is, or has earned three times or more: offer to confirm who they are.',
    },
    REDEEM: { description: 'Has a confirmed identity: can redeem at any time.' },
    OPTED_OUT: { description: 'Wants no Mu, of any brand: show nothing.' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description:
    'A customer’s Mu. It spans brands: its owner sees all of it; a brand sees what it granted itself, ' +
    'less what was redeemed with it, unless the customer consented to BALANCE_VISIBLE.',
})
export class Wallet {
  @Field(() => Mu, { description: 'Mu that can be spent now.' })
  balance!: number;

  @Field(() => Mu, { description: 'Mu promised to pending redemptions.' })
  held!: number;

  @Field(() => Mu, {
    description:
      'Mu that an undone merge took back though it was spent: what comes in repays it before anything ' +
      'can be spent. 0 for a brand that does not see the whole wallet.',
  })
  owed!: number;

  @Field(() => Mu, { description: 'All Mu ever granted, less reversals.' })
  lifetimeEarned!: number;

  @Field(() => Mu, { description: 'All Mu ever redeemed, less refunds.' })
  lifetimeRedeemed!: number;

  @Field(() => WalletStateEnum, { description: 'Where the person stands with Mu.' })
  state!: WalletState;

  /** UUID of the owner; what the statement is read by. */
  customerId!: string;
}

/** The wallet of a stored answer, as the same class a query answers. */
export function toWallet(snapshot: WalletSnapshot): Wallet {
  return Object.assign(new Wallet(), { owed: 0 }, snapshot);
}
