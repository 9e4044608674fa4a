import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, isOwnBrand, type BrandEntity } from '../brands';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { ReportEntity } from './report.entity';
import { readReports, schedulesLoader } from './report.loader';
import { ReportConnection } from './report.type';
import type { ReportScheduleEntity } from './report-schedule.entity';
import { ReportSchedule } from './report-schedule.type';

const forWhom =
  'Only the platform and the brand’s own keys with the scope READ see it; null for all others.';

@Resolver(() => Brand)
export class ReportsOfBrand {
  @FieldResolver(() => [ReportSchedule], {
    nullable: true,
    description: `The reports that come by themselves, at most one of a kind for each period. ${forWhom}`,
  })
  async reportSchedules(
    @Root() brand: BrandEntity,
    @Ctx() context: Context,
  ): Promise<ReportScheduleEntity[] | null> {
    return isOwnBrand(brand, context.caller) ? schedulesLoader(context).load(brand.uuid) : null;
  }

  @FieldResolver(() => ReportConnection, {
    nullable: true,
    description: `The reports that were made, the last one first. ${forWhom}`,
  })
  async reports(
    @Root() brand: BrandEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ReportEntity> | null> {
    return isOwnBrand(brand, context.caller) ? readReports(context, brand.uuid, args) : null;
  }
}
