/** Who is held out of what: asked by whatever must treat nobody who is, and filled by experiments. */
export { armOf, type ArmName } from './arm';
export { experimentId } from './experiment.id';
export { openExperiments, type OpenExperiment } from './open-experiments';
export { Treated } from './treated';
