import { experimentId } from '../holdouts';
import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { assignExperiments } from './assign-experiments.job';
import { countMembers } from './count-members.job';
import { createExperiment } from './create-experiment.command';
import { CreateExperimentMutation } from './create-experiment.mutation';
import { endExperiment } from './end-experiment.command';
import { EndExperimentMutation } from './end-experiment.mutation';
import { endExperimentsJob } from './end-experiments.job';
import { ExperimentEntity } from './experiment.entity';
import { experimentLoader } from './experiment.loader';
import {
  CustomerOfMember,
  ExperimentOfMessage,
  ExperimentQueries,
  ExperimentsOnBrand,
  FieldsOfExperiment,
} from './experiment.resolver';
import { ExperimentMemberEntity } from './member.entity';

/** Trials with a share of the customers held out, and what they did by comparison. */
export const experimentsFeature: Feature = {
  name: 'experiments',
  entities: [ExperimentEntity, ExperimentMemberEntity],
  resolvers: [
    ExperimentQueries,
    FieldsOfExperiment,
    CustomerOfMember,
    ExperimentsOnBrand,
    ExperimentOfMessage,
    CreateExperimentMutation,
    EndExperimentMutation,
  ],
  commands: [createExperiment, endExperiment],
  references: { Experiment: referencesById(experimentId, experimentLoader) },
  nodes: { [experimentId.prefix]: (uuid, context) => experimentLoader(context).load(uuid) },
  jobs: [assignExperiments, countMembers, endExperimentsJob],
  topics: {
    'experiment.assigned':
      'Every customer of an experiment’s audience has an arm: experimentId. Send to the treated.',
    'experiment.ended':
      'An experiment is over and its reserve closed: experimentId, released (Mu back in the budget).',
  },
};
