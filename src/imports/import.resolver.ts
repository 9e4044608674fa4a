import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader, type BrandEntity } from '../brands';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { EventMappingEntity, ImportJobEntity, ImportRefusalEntity } from './import.entity';
import { importJobId } from './import.id';
import { importJobLoader, readImports, readMappings, readRefusals } from './import.loader';
import {
  EventMappingConnection,
  ImportJob,
  ImportJobConnection,
  ImportRefusalConnection,
} from './import.type';

@Resolver()
export class ImportQueries {
  @Allow({ brand: 'mu:read', platform: true })
  @Query(() => ImportJob, {
    nullable: true,
    description: 'An import and how far it is; null for one unknown to the caller.',
  })
  async importJob(
    @Arg('id', () => ID, { description: 'Id of the import, `imp_…`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<ImportJobEntity | null> {
    const uuid = importJobId.decode(id);
    return uuid === null ? null : importJobLoader(context).load(uuid);
  }
}

@Resolver(() => ImportJob)
export class FieldsOfImportJob {
  @FieldResolver(() => ImportRefusalConnection, {
    description: 'Its refused events in their order. One that is mended may be sent again.',
  })
  refusals(
    @Root() job: ImportJobEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ImportRefusalEntity>> {
    return readRefusals(context, job.uuid, args);
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'Whose import it is.' })
  brand(@Root() job: ImportJobEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(job.brandUuid);
  }
}

@Resolver(() => Brand)
export class ImportsOnBrand {
  @FieldResolver(() => ImportJobConnection, {
    description: 'Its imports, the newest first; only the platform and the brand itself see any.',
  })
  importJobs(
    @Root() brand: BrandEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ImportJobEntity>> {
    return readImports(context, brand.uuid, args);
  }

  @FieldResolver(() => EventMappingConnection, {
    description:
      'The mappings it keeps for imports, the newest first; only the platform and the brand itself see ' +
      'any.',
  })
  eventMappings(
    @Root() brand: BrandEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<EventMappingEntity>> {
    return readMappings(context, brand.uuid, args);
  }
}
