import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Brand, type BrandEntity } from '../brands';
import { brandOf } from '../platform/auth/caller';
import { publicUrlOf } from '../platform/config';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { ExportJobEntity } from './export-job.entity';
import { exportFilesLoader, exportJobLoader, readExports, type FileRow } from './export-job.loader';
import { ExportFile, ExportJob, ExportJobConnection } from './export-job.type';
import { exportPath, signedQuery } from './export-link';
import { exportJobId } from './export.id';

@Resolver(() => ExportJob)
export class ExportJobResolver {
  @Allow({ brand: 'mu:read', platform: true })
  @Query(() => ExportJob, {
    nullable: true,
    description: 'An export that was asked for; null for one unknown to the caller.',
  })
  async exportJob(
    @Arg('id', () => ID, { description: 'Id of the export, `xpt_…`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<ExportJobEntity | null> {
    const uuid = exportJobId.decode(id);
    return uuid === null ? null : exportJobLoader(context).load(uuid);
  }

  @FieldResolver(() => [ExportFile], {
    description: 'Its files by name, one a table; all of them once it is done.',
  })
  async files(@Root() job: ExportJobEntity, @Ctx() context: Context): Promise<ExportFile[]> {
    const { config, caller, clock } = context;
    const now = clock.now(new Date());
    const kept = job.status === 'DONE' && (job.expiresAt ?? now) > now;
    const linked = kept && caller.kind === 'brand' && brandOf(caller) === job.brandUuid;
    const linkedUntil = new Date(now.getTime() + config.limits.exportLinkSeconds * 1000);
    const expiresAt =
      job.expiresAt !== null && job.expiresAt < linkedUntil ? job.expiresAt : linkedUntil;
    const urlOf = ({ name }: FileRow): string => {
      const file = { exportUuid: job.uuid, name };
      const query = signedQuery(config.tokenSecret, file, expiresAt);
      return `${publicUrlOf(config)}${exportPath(job.id, name)}?${query}`;
    };
    const files = await exportFilesLoader(context).load(job.uuid);
    return files.map((file) => ({
      part: file.part,
      name: file.name,
      rows: file.rows,
      bytes: file.bytes,
      sha256: file.sha256.toString('hex'),
      url: linked ? urlOf(file) : null,
    }));
  }
}

@Resolver(() => Brand)
export class ExportsOnBrand {
  @FieldResolver(() => ExportJobConnection, {
    description: 'Its exports, the newest first; only the platform and the brand itself see any.',
  })
  exports(
    @Root() brand: BrandEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ExportJobEntity>> {
    return readExports(context, brand.uuid, args);
  }
}
