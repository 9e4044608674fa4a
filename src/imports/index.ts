import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { forgetRefused } from './forget-refused.job';
import { importEvents } from './import-events.command';
import { ImportEventsMutation } from './import-events.mutation';
import { EventMappingEntity, ImportJobEntity, ImportRefusalEntity } from './import.entity';
import { eventMappingId, importJobId } from './import.id';
import { eventMappingLoader, importJobLoader } from './import.loader';
import { FieldsOfImportJob, ImportQueries, ImportsOnBrand } from './import.resolver';
import { recordEvents, type Perform } from './record-events.job';
import { upsertEventMapping } from './upsert-event-mapping.command';
import { UpsertEventMappingMutation } from './upsert-event-mapping.mutation';

export { forgetEvents } from './forget-events';

/**
 * Events of other systems on their way in. `perform` executes commands of other features as their
 * mutations do.
 */
export const importsFeature = (perform: Perform): Feature => ({
  name: 'imports',
  entities: [ImportJobEntity, ImportRefusalEntity, EventMappingEntity],
  resolvers: [
    ImportQueries,
    FieldsOfImportJob,
    ImportsOnBrand,
    ImportEventsMutation,
    UpsertEventMappingMutation,
  ],
  commands: [importEvents, upsertEventMapping],
  references: {
    ImportJob: referencesById(importJobId, importJobLoader),
    EventMapping: referencesById(eventMappingId, eventMappingLoader),
  },
  nodes: {
    [importJobId.prefix]: (uuid, context) => importJobLoader(context).load(uuid),
    [eventMappingId.prefix]: (uuid, context) => eventMappingLoader(context).load(uuid),
  },
  jobs: [recordEvents(perform), forgetRefused],
});
