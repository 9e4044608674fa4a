import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import { Customer, customerLoader, type CustomerEntity } from '../customers';
import { walletLoader, WalletStateEnum, type WalletState } from '../ledger';
import { Magnet, magnetLoader } from '../magnets';
import { Message, messageLoader, type MessageEntity } from '../messages';
import { publicUrlOf } from '../platform/config';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import type { ClaimEntity } from './claim.entity';
import { claimId, qrCodeId } from './claim.id';
import { claimLoader } from './claim.loader';
import { Claim } from './claim.type';
import type { QrCodeEntity } from './qr-code.entity';
import { qrCodeLoader } from './qr-code.loader';
import { QrCode } from './qr-code.type';

@Resolver()
export class ClaimQueries {
  @Allow({ brand: 'mu:read', platform: true })
  @Query(() => QrCode, {
    nullable: true,
    description: 'One code; null when unknown to the caller.',
  })
  async qrCode(
    @Arg('id', () => ID, { description: 'Id of the code.' }) id: string,
    @Ctx() context: Context,
  ): Promise<QrCodeEntity | null> {
    const uuid = qrCodeId.decode(id);
    return uuid === null ? null : qrCodeLoader(context).load(uuid);
  }

  @Allow({ brand: 'mu:read', customer: true, platform: true })
  @Query(() => Claim, {
    nullable: true,
    description: 'One claim; null when unknown to the caller. A customer sees those bound to them.',
  })
  async claim(
    @Arg('id', () => ID, { description: 'Id of the claim.' }) id: string,
    @Ctx() context: Context,
  ): Promise<ClaimEntity | null> {
    const uuid = claimId.decode(id);
    return uuid === null ? null : claimLoader(context).load(uuid);
  }
}

@Resolver(() => QrCode)
export class LinksOfQrCode {
  @FieldResolver(() => Message, {
    nullable: true,
    description: 'The message out of whose reserve it pays; null when it pays out of the budget.',
  })
  async message(
    @Root() code: QrCodeEntity,
    @Ctx() context: Context,
  ): Promise<MessageEntity | null> {
    return code.messageUuid === null ? null : messageLoader(context).load(code.messageUuid);
  }

  @FieldResolver(() => Magnet, {
    nullable: true,
    description: 'The magnet whose answer a claim must bring; null when it asks nothing.',
  })
  async magnet(@Root() code: QrCodeEntity, @Ctx() context: Context): Promise<unknown> {
    return code.magnetUuid === null ? null : magnetLoader(context).load(code.magnetUuid);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What to print: its address here, which opens a claim and leads to `landingUrl`, or shows the ' +
      'claim where the brand lets no link lead there.',
  })
  async url(@Root() code: QrCodeEntity, @Ctx() context: Context): Promise<string | null> {
    const brand = await brandLoader(context).load(code.brandUuid);
    return brand && `${publicUrlOf(context.config)}/q/${brand.slug}/${code.code}`;
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'The brand that pays.' })
  brand(@Root() code: QrCodeEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(code.brandUuid);
  }
}

@Resolver(() => Claim)
export class LinksOfClaim {
  @FieldResolver(() => QrCode, { nullable: true, description: 'The code that was scanned.' })
  qrCode(@Root() claim: ClaimEntity, @Ctx() context: Context): Promise<QrCodeEntity | null> {
    return qrCodeLoader(context).load(claim.codeUuid);
  }

  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'Who said that it is theirs; null until somebody did.',
  })
  async customer(
    @Root() claim: ClaimEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return claim.customerUuid === null ? null : customerLoader(context).load(claim.customerUuid);
  }

  @FieldResolver(() => WalletStateEnum, {
    description: 'What to tell the person: WHATS_IT until they have said who they are.',
  })
  async walletState(@Root() claim: ClaimEntity, @Ctx() context: Context): Promise<WalletState> {
    if (claim.customerUuid === null) return 'WHATS_IT';
    return (await walletLoader(context).load(claim.customerUuid)).state;
  }
}
