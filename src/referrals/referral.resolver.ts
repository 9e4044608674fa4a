import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader, type BrandEntity } from '../brands';
import { Customer, customerLoader, type CustomerEntity } from '../customers';
import { LedgerTransfer, transferLoader, type TransferEntity } from '../ledger';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { Mu } from '../platform/graphql/scalars';
import type { ReferralLinkEntity } from './referral-link.entity';
import { ReferralLink } from './referral-link.type';
import type { ReferralPaymentEntity } from './referral-payment.entity';
import { ReferralPayment, ReferralPaymentConnection } from './referral-payment.type';
import type { ReferralProgramEntity } from './referral-program.entity';
import { programOfBrandLoader, programReserveLoader } from './referral-program.loader';
import { ReferralProgram } from './referral-program.type';
import type { ReferralEntity } from './referral.entity';
import {
  readPayments,
  readReferrals,
  readReferralsOf,
  referralLinkLoader,
} from './referral.loader';
import { Referral, ReferralConnection } from './referral.type';

@Resolver()
export class ReferralQueries {
  @Allow({ brand: 'mu:read', customer: true })
  @Query(() => ReferralConnection, {
    description: 'Referrals, the newest first: all of the brand, or those the customer brought.',
  })
  referrals(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ReferralEntity>> {
    return readReferrals(context, args);
  }
}

@Resolver(() => Customer)
export class ReferralsOnCustomer {
  @FieldResolver(() => ReferralConnection, {
    description: 'Friends the customer brought, the newest first; a brand sees its own.',
  })
  referrals(
    @Root() customer: CustomerEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ReferralEntity>> {
    return readReferralsOf(context, customer.uuid, args);
  }
}

@Resolver(() => Brand)
export class ProgramOnBrand {
  @FieldResolver(() => ReferralProgram, {
    nullable: true,
    description:
      'What the brand pays for friends; a customer sees that of the brand that signed them in.',
  })
  referralProgram(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<ReferralProgramEntity | null> {
    return programOfBrandLoader(context).load(brand.uuid);
  }
}

@Resolver(() => ReferralProgram)
export class ReserveOfProgram {
  @FieldResolver(() => Mu, {
    description: 'What is set aside for it and not yet paid; 0 to a customer.',
  })
  async reserved(@Root() program: ReferralProgramEntity, @Ctx() context: Context): Promise<number> {
    return program.reservedThen ?? programReserveLoader(context).load(program.uuid);
  }
}

@Resolver(() => ReferralLink)
export class AddressOfLink {
  @FieldResolver(() => String, {
    description: 'Where it leads: the brand’s address with the code, or `/r/` and the code.',
  })
  async address(@Root() link: ReferralLinkEntity, @Ctx() context: Context): Promise<string> {
    const program = await programOfBrandLoader(context).load(link.brandUuid);
    return `${program?.linkBase ?? '/r/'}${link.code}`;
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'Whose link it is.' })
  customer(
    @Root() link: ReferralLinkEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(link.customerUuid);
  }
}

@Resolver(() => Referral)
export class LinksOfReferral {
  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'Who brought the friend; shown to the brand and to themselves.',
  })
  referrer(
    @Root() referral: ReferralEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(referral.referrerUuid);
  }

  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'Who came; shown to the brand and to themselves.',
  })
  friend(
    @Root() referral: ReferralEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(referral.friendUuid);
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'The brand the friend came to.' })
  brand(@Root() referral: ReferralEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(referral.brandUuid);
  }

  @FieldResolver(() => ReferralLink, {
    nullable: true,
    description: 'The link the friend came by; shown to the brand and to whose it is.',
  })
  link(
    @Root() referral: ReferralEntity,
    @Ctx() context: Context,
  ): Promise<ReferralLinkEntity | null> {
    return referralLinkLoader(context).load(referral.linkUuid);
  }

  @FieldResolver(() => ReferralPaymentConnection, {
    description: 'What it paid, the newest first; a customer sees what was paid to them.',
  })
  payments(
    @Root() referral: ReferralEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ReferralPaymentEntity>> {
    return readPayments(context, referral.uuid, args);
  }
}

@Resolver(() => ReferralPayment)
export class TransferOfPayment {
  @FieldResolver(() => LedgerTransfer, {
    nullable: true,
    description: 'The transfer; `reverseTransfer` takes it back.',
  })
  transfer(
    @Root() payment: ReferralPaymentEntity,
    @Ctx() context: Context,
  ): Promise<TransferEntity | null> {
    return transferLoader(context).load(payment.transferUuid);
  }
}
