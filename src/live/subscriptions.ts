import { Arg, Resolver, Root, Subscription } from 'type-graphql';
import { CustomerBy } from '../customers';
import type { Announced } from '../platform/database/outbox-feed';
import { Allow } from '../platform/graphql/access';
import { CustomerErasedUpdate } from './erasure-update';
import { follow } from './follow';
import { CustomerMergedUpdate } from './merge-update';
import { SegmentUpdate } from './segment-update';
import {
  ConsentUpdate,
  HotlineUpdate,
  JourneyStepUpdate,
  MuGrantedUpdate,
  ReacquisitionUpdate,
  RedemptionUpdate,
  ReferralUpdate,
  StreakUpdate,
  SurpriseUpdate,
  VelvetArrivalUpdate,
  WalletUpdate,
} from './updates';

const onlyOf = {
  nullable: true,
  description: 'Only of this customer; a customer token’s own anyway.',
};

@Resolver()
export class Subscriptions {
  @Allow({ brand: 'mu:read', customer: true })
  @Subscription(() => MuGrantedUpdate, {
    description: 'Mu as it is paid.',
    subscribe: follow('mu.granted'),
  })
  muGranted(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): MuGrantedUpdate {
    return new MuGrantedUpdate(announced);
  }

  @Allow({ brand: 'mu:read', customer: true })
  @Subscription(() => WalletUpdate, {
    description: 'Every line as it is written to a wallet: paid, held, spent, given, corrected.',
    subscribe: follow('mu.granted', 'wallet.changed'),
  })
  walletChanged(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): WalletUpdate {
    return new WalletUpdate(announced);
  }

  @Allow({ brand: 'mu:read', customer: true })
  @Subscription(() => StreakUpdate, {
    description: 'Streaks as they grow, begin and break.',
    subscribe: follow('streak.changed'),
  })
  streakChanged(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): StreakUpdate {
    return new StreakUpdate(announced);
  }

  @Allow({ brand: 'mu:read', customer: true })
  @Subscription(() => RedemptionUpdate, {
    description: 'Redemptions as they are made, captured, cancelled, expired and reversed.',
    subscribe: follow('redemption.changed'),
  })
  redemptionChanged(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): RedemptionUpdate {
    return new RedemptionUpdate(announced);
  }

  @Allow({ brand: 'mu:read', customer: true })
  @Subscription(() => ReferralUpdate, {
    description: 'Friends as they are activated; told to the one who brought them.',
    subscribe: follow('referral.activated'),
  })
  referralActivated(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): ReferralUpdate {
    return new ReferralUpdate(announced);
  }

  @Allow({ brand: 'mu:read', customer: true })
  @Subscription(() => SurpriseUpdate, {
    description: 'Gifts by lot as they are won.',
    subscribe: follow('surprise.received'),
  })
  surpriseReceived(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): SurpriseUpdate {
    return new SurpriseUpdate(announced);
  }

  @Allow({ brand: 'mu:read' })
  @Subscription(() => ReacquisitionUpdate, {
    description: 'Those the brand pays for who had been its customers before.',
    subscribe: follow('reacquisition.detected'),
  })
  reacquisitionDetected(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): ReacquisitionUpdate {
    return new ReacquisitionUpdate(announced);
  }

  @Allow({ brand: 'mu:read', customer: true })
  @Subscription(() => CustomerMergedUpdate, {
    description: 'Customers as they turn out to be one, and as such a merge is undone.',
    subscribe: follow('customer.merged', 'customer.unmerged'),
  })
  customerMerged(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): CustomerMergedUpdate {
    return new CustomerMergedUpdate(announced);
  }

  @Allow({ brand: 'mu:read', platform: true })
  @Subscription(() => CustomerErasedUpdate, {
    description:
      'Customers as they are erased, with the brand or everywhere: delete what you keep of them.',
    subscribe: follow('customer.erased'),
  })
  customerErased(@Root() announced: Announced): CustomerErasedUpdate {
    return new CustomerErasedUpdate(announced);
  }

  @Allow({ brand: 'mu:read' })
  @Subscription(() => SegmentUpdate, {
    description: 'Customers as they enter and leave saved segments.',
    subscribe: follow('segment.changed'),
  })
  segmentChanged(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): SegmentUpdate {
    return new SegmentUpdate(announced);
  }

  @Allow({ brand: 'mu:read' })
  @Subscription(() => JourneyStepUpdate, {
    description: 'Steps of journeys that send a message, as customers come to them.',
    subscribe: follow('journey.step_reached'),
  })
  journeyStepReached(@Root() announced: Announced): JourneyStepUpdate {
    return new JourneyStepUpdate(announced);
  }

  @Allow({ brand: 'mu:read' })
  @Subscription(() => VelvetArrivalUpdate, {
    description: 'Best customers as they are recognised at a store, of one store or of all.',
    subscribe: follow('velvet.arrived'),
  })
  velvetArrival(
    @Root() announced: Announced,
    @Arg('storeId', () => String, { nullable: true, description: 'Only at this store.' })
    _storeId?: string | null,
  ): VelvetArrivalUpdate {
    return new VelvetArrivalUpdate(announced);
  }

  @Allow({ brand: 'mu:read', customer: true })
  @Subscription(() => ConsentUpdate, {
    description: 'What customers allow, and take back, as they say so.',
    subscribe: follow('consent.changed'),
  })
  consentChanged(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): ConsentUpdate {
    return new ConsentUpdate(announced);
  }

  @Allow({ brand: 'mu:read' })
  @Subscription(() => HotlineUpdate, {
    description:
      'Lines to customers as they are lost: to consent taken back, dead addresses, silence.',
    subscribe: follow('hotline.lost'),
  })
  hotlineLost(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): HotlineUpdate {
    return new HotlineUpdate(announced);
  }
}
