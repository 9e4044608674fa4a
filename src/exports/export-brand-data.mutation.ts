import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { exportBrandData, type ExportBrandDataAnswer } from './export-brand-data.command';
import { exportJobLoader } from './export-job.loader';
import { ExportJob } from './export-job.type';
import { ExportPart, type ExportPartName } from './export-part';

@InputType({ description: 'What shall be exported.' })
export class ExportBrandDataInput {
  @Field(() => [ExportPart], {
    nullable: true,
    description: 'Which parts; all of them when left out.',
  })
  parts?: ExportPartName[] | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `exportBrandData` did.' })
export class ExportBrandDataPayload {
  @Field(() => ExportJob, {
    nullable: true,
    description: 'The export, which is written after this; null when refused.',
  })
  exportJob!: ExportJob | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ExportBrandDataMutation {
  @Allow({ brand: 'mu:read' })
  @Mutation(() => ExportBrandDataPayload, {
    description:
      'Asks for a copy of all the brand has here, as of one moment, in files that are kept for a week. Refused ' +
      'with EXPORT_UNDER_WAY while another is being written. `export.finished` tells when it is done.',
  })
  async exportBrandData(
    @Arg('input', () => ExportBrandDataInput, { description: 'What.' })
    input: ExportBrandDataInput,
    @Ctx() context: Context,
  ): Promise<ExportBrandDataPayload> {
    const command = callerCommand(exportBrandData.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ExportBrandDataAnswer>(command);
    await refreshReads(context);
    const { exportJob: uuid, userErrors } = answer;
    const exportJob = uuid === undefined ? null : await exportJobLoader(context).load(uuid);
    return { exportJob, replayed, userErrors };
  }
}
