import type { Job, JobReport } from '../../src/platform/feature';
import { attentionProof } from '../../src/attention/prove-attention.job';
import type { LoadService } from './place';
import type { Steps } from './steps';

/** Jobs that reckon what is kept of a base, in the order in which one needs the other. */
const reckoning = [
  'judge-attention',
  'judge-acquisitions',
  'fit-worth-models',
  'refresh-worth',
  'segment-customers',
  'judge-segments',
  'weigh-economy',
  'reckon-standings',
];

/** How the proofs came out: how many things were as they must be, and how many were not. */
export interface Proofs {
  agree: number;
  differ: number;
}

const good = new Set(['same', 'agree', 'balanced']);

/** Runs the service's own jobs until they find nothing to do. */
export async function reckon(service: LoadService, steps: Steps): Promise<void> {
  const jobs = service.features.flatMap((feature) => feature.jobs);
  for (const name of reckoning) {
    const job = jobs.find((one) => one.name === name);
    if (job === undefined) throw new Error(`There is no job ${name}.`);
    await steps.run(name, () => toRest(job, service));
    await job.stop?.(contextOf(service));
  }
}

/** Runs the service's own proofs over the whole base. */
export async function prove(
  service: LoadService,
  customers: number,
  steps: Steps,
): Promise<Record<string, Proofs>> {
  const proofs: Record<string, Proofs> = {};
  const report = ({ job, outcomes = {} }: JobReport) => {
    const sum = (proofs[job] ??= { agree: 0, differ: 0 });
    for (const [outcome, count] of Object.entries(outcomes)) {
      sum[good.has(outcome) ? 'agree' : 'differ'] += count;
    }
  };
  const jobs = service.features.flatMap((feature) => feature.jobs);
  for (const name of ['prove-purchases', 'prove-ledger']) {
    const job = jobs.find((one) => one.name === name) as Job;
    await steps.run(name, () => toRest(job, service, report));
  }
  const attention = attentionProof();
  // It goes round for ever: once round is each customer and the brand.
  await steps.run(attention.name, async () => {
    const turns = Math.ceil(customers / service.config.limits.attentionProven);
    for (let turn = 0; turn < turns; turn += 1) {
      await attention.run({ ...contextOf(service), report });
    }
  });
  return proofs;
}

async function toRest(
  job: Job,
  service: LoadService,
  report?: (report: JobReport) => void,
): Promise<void> {
  const context = { ...contextOf(service), report };
  while ((await job.run(context)) > 0);
}

function contextOf({ config, database, clock, log }: LoadService) {
  return { config, database, clock, limits: config.limits, log };
}
