import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { expireExports } from './expire-exports.job';
import { exportBrandData } from './export-brand-data.command';
import { ExportBrandDataMutation } from './export-brand-data.mutation';
import { ExportJobEntity } from './export-job.entity';
import { exportJobLoader } from './export-job.loader';
import { exportJobId } from './export.id';
import { ExportJobResolver, ExportsOnBrand } from './export.resolver';
import { writeExports } from './write-exports.job';

export { exportJobId } from './export.id';
export { isSigned } from './export-link';
export { findKeptFile, readPiece, type KeptFile } from './kept-file';

/** What a brand takes home: all it has here, in files. */
export const exportsFeature: Feature = {
  name: 'exports',
  entities: [ExportJobEntity],
  resolvers: [ExportBrandDataMutation, ExportJobResolver, ExportsOnBrand],
  commands: [exportBrandData],
  references: { ExportJob: referencesById(exportJobId, exportJobLoader) },
  nodes: { [exportJobId.prefix]: (uuid, context) => exportJobLoader(context).load(uuid) },
  jobs: [writeExports, expireExports],
  topics: {
    'export.finished':
      'An export is DONE, and its files can be fetched, or it has FAILED: exportId, status, rows, bytes.',
  },
};
