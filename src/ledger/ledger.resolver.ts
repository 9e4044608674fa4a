import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Brand, brandId, brandLoader, type BrandEntity } from '../brands';
import { Customer, type CustomerEntity } from '../customers';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { Mu } from '../platform/graphql/scalars';
import { argumentsBeneath } from '../platform/graphql/selected-fields';
import { brandFundsLoader } from './brand-funds';
import type { EntryEntity } from './entry.entity';
import { LedgerEntry, LedgerEntryConnection } from './entry.type';
import { transferId } from './ledger.id';
import {
  entriesOfTransferLoader,
  prepareStatement,
  readStatement,
  reversalLoader,
  transferLoader,
  type StatementFilter,
} from './ledger.loader';
import type { TransferEntity } from './transfer.entity';
import type { TransferKind } from './transfer';
import { LedgerTransfer, TransferKindEnum } from './transfer.type';
import { walletLoader } from './wallet.loader';
import { Wallet } from './wallet.type';

@ArgsType()
class StatementArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only lines of this brand.' })
  brandId?: string | null;

  @Field(() => TransferKindEnum, { nullable: true, description: 'Only lines of this kind.' })
  kind?: TransferKind | null;
}

@Resolver()
export class LedgerQueries {
  @Allow({ brand: 'mu:read', customer: true, platform: true })
  @Query(() => LedgerTransfer, {
    nullable: true,
    description: 'One transfer; null when unknown to the caller.',
  })
  async ledgerTransfer(
    @Arg('id', () => ID, { description: 'Id of the transfer.' }) id: string,
    @Ctx() context: Context,
  ): Promise<LedgerTransfer | null> {
    const uuid = transferId.decode(id);
    return uuid === null ? null : transferLoader(context).load(uuid);
  }
}

@Resolver(() => Customer)
export class WalletOnCustomer {
  @FieldResolver(() => Wallet, {
    description: 'The customer’s Mu, as far as the caller may see it.',
  })
  wallet(
    @Root() customer: CustomerEntity,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Wallet> {
    readAhead(context, customer.uuid, info);
    return walletLoader(context).load(customer.uuid);
  }
}

@Resolver(() => Wallet)
export class StatementOnWallet {
  @FieldResolver(() => LedgerEntryConnection, {
    description: 'Lines of the wallet, newest first. A brand sees its own lines only.',
  })
  statement(
    @Root() wallet: Wallet,
    @Args(() => StatementArgs) args: StatementArgs,
    @Ctx() context: Context,
  ): Promise<Connection<EntryEntity>> {
    return readStatement(context, wallet.customerId, args, filterOf(wallet.customerId, args));
  }
}

function filterOf(customer: string, args: StatementArgs): StatementFilter {
  const brand = args.brandId == null ? null : brandId.decode(args.brandId);
  const unknown = args.brandId != null && brand === null;
  return { brandId: unknown ? customer : brand, kind: args.kind ?? null };
}

/** Lines hang on the customer and not on what the wallet holds, so both can travel together. */
function readAhead(context: Context, customer: string, info: GraphQLResolveInfo): void {
  try {
    for (const asked of argumentsBeneath(info, 'statement')) {
      const args = asked as unknown as StatementArgs;
      prepareStatement(context, customer, args, filterOf(customer, args));
    }
  } catch {
    // The field itself will say what is wrong with its arguments.
  }
}

@Resolver(() => Brand)
export class FundsOnBrand {
  @FieldResolver(() => Mu, {
    description: 'Mu the brand can still promise or pay; 0 for callers other than the brand.',
  })
  async budget(@Root() brand: BrandEntity, @Ctx() context: Context): Promise<number> {
    return (await brandFundsLoader(context).load(brand.uuid)).budget;
  }

  @FieldResolver(() => Mu, {
    description: 'Mu set aside for messages; 0 for callers other than the brand.',
  })
  async reserved(@Root() brand: BrandEntity, @Ctx() context: Context): Promise<number> {
    return (await brandFundsLoader(context).load(brand.uuid)).reserved;
  }
}

@Resolver(() => LedgerEntry)
export class LinksOfEntry {
  @FieldResolver(() => Brand, { nullable: true, description: 'The brand whose business it was.' })
  brand(@Root() entry: EntryEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(entry.brandUuid);
  }

  @FieldResolver(() => LedgerTransfer, { description: 'The transfer this is one side of.' })
  transfer(@Root() entry: EntryEntity, @Ctx() context: Context): Promise<LedgerTransfer | null> {
    return transferLoader(context).load(entry.transferUuid);
  }
}

@Resolver(() => LedgerTransfer)
export class LinksOfTransfer {
  @FieldResolver(() => Brand, { nullable: true, description: 'The brand whose business it was.' })
  brand(@Root() transfer: TransferEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(transfer.brandUuid);
  }

  @FieldResolver(() => [LedgerEntry], {
    description: 'Its entries as far as the caller may see their accounts, the debit first.',
  })
  entries(@Root() transfer: TransferEntity, @Ctx() context: Context): Promise<LedgerEntry[]> {
    return entriesOfTransferLoader(context).load(transfer.uuid);
  }

  @FieldResolver(() => LedgerTransfer, {
    nullable: true,
    description:
      'The issue that last filled the pocket this Mu came out of: where the brand’s Mu was paid for.',
  })
  funding(
    @Root() transfer: TransferEntity,
    @Ctx() context: Context,
  ): Promise<LedgerTransfer | null> {
    return loadOrNull(context, transfer.fundedByUuid);
  }

  @FieldResolver(() => LedgerTransfer, { nullable: true, description: 'What this one reverses.' })
  reverses(
    @Root() transfer: TransferEntity,
    @Ctx() context: Context,
  ): Promise<LedgerTransfer | null> {
    return loadOrNull(context, transfer.reversesUuid);
  }

  @FieldResolver(() => LedgerTransfer, { nullable: true, description: 'What reversed this one.' })
  reversedBy(
    @Root() transfer: TransferEntity,
    @Ctx() context: Context,
  ): Promise<LedgerTransfer | null> {
    return reversalLoader(context).load(transfer.uuid);
  }
}

async function loadOrNull(context: Context, uuid: string | null): Promise<LedgerTransfer | null> {
  return uuid === null ? null : transferLoader(context).load(uuid);
}
