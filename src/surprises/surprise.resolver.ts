import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import { Customer, customerLoader, type CustomerEntity } from '../customers';
import { LedgerTransfer, transferLoader, type TransferEntity } from '../ledger';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { auditPool, type AuditResult } from './audit';
import { SurpriseAudit } from './surprise-audit.type';
import type { SurpriseDrawEntity } from './surprise-draw.entity';
import { SurpriseDraw, SurpriseDrawConnection } from './surprise-draw.type';
import type { SurprisePoolEntity } from './surprise-pool.entity';
import { SurprisePool } from './surprise-pool.type';
import { surprisePoolId } from './surprise.id';
import { poolLoader, readDraws } from './surprise.loader';

@Resolver()
export class SurpriseQueries {
  @Allow({ brand: 'mu:read', customer: true, platform: true })
  @Query(() => SurpriseAudit, {
    nullable: true,
    description:
      'Draws every ticket of a closed pool again, with the published seed. Null for a pool that is ' +
      'unknown to the caller or not closed.',
  })
  async surpriseAudit(
    @Arg('poolId', () => ID, { description: 'Id of the pool.' }) poolId: string,
    @Ctx() context: Context,
  ): Promise<AuditResult | null> {
    const uuid = surprisePoolId.decode(poolId);
    const pool = uuid === null ? null : await poolLoader(context).load(uuid);
    return pool === null ? null : auditPool(context, pool);
  }
}

@Resolver(() => SurpriseAudit)
export class DrawsOfAudit {
  @FieldResolver(() => SurpriseDrawConnection, {
    description: 'The draws, the newest first, each with the text that was hashed.',
  })
  draws(
    @Root() { pool }: AuditResult,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<SurpriseDrawEntity>> {
    return readDraws(context, 'pool_id', pool.uuid, args);
  }
}

@Resolver(() => Customer)
export class SurprisesOnCustomer {
  @FieldResolver(() => SurpriseDrawConnection, {
    description: 'Draws made for the customer, the newest first; a brand sees its own.',
  })
  surprises(
    @Root() customer: CustomerEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<SurpriseDrawEntity>> {
    return readDraws(context, 'customer_id', customer.uuid, args);
  }
}

@Resolver(() => SurprisePool)
export class BrandOnPool {
  @FieldResolver(() => Brand, { nullable: true, description: 'Whose pool it is.' })
  brand(@Root() pool: SurprisePoolEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(pool.brandUuid);
  }
}

@Resolver(() => SurpriseDraw)
export class LinksOfDraw {
  @FieldResolver(() => SurprisePool, { nullable: true, description: 'The pool it drew from.' })
  pool(
    @Root() draw: SurpriseDrawEntity,
    @Ctx() context: Context,
  ): Promise<SurprisePoolEntity | null> {
    return poolLoader(context).load(draw.poolUuid);
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'Whom it was made for.' })
  customer(
    @Root() draw: SurpriseDrawEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(draw.customerUuid);
  }

  @FieldResolver(() => LedgerTransfer, { nullable: true, description: 'What paid a win.' })
  async transfer(
    @Root() draw: SurpriseDrawEntity,
    @Ctx() context: Context,
  ): Promise<TransferEntity | null> {
    return draw.transferUuid === null ? null : transferLoader(context).load(draw.transferUuid);
  }
}
