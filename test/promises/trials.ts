import { experimentsFeature } from '../../src/experiments';
import { journeysFeature } from '../../src/journeys';
import { runJobs } from '../experiments/lab';
import { bringEvents } from './imports';
import type { Scene } from './scene';

/** An experiment on everybody. */
export async function experimentOf(scene: Scene): Promise<string> {
  const made = await scene.do('createExperiment', {
    externalId: scene.name(),
    outcome: 'CLICK',
    holdoutShare: 0.5,
    reserveMu: 10,
    endsAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  });
  return made['experiment'].id as string;
}

/** A journey that is not published yet. */
export async function journeyOf(scene: Scene): Promise<string> {
  const steps = [
    { key: 'first', messageId: await scene.message() },
    { key: 'night', waitHours: 8 },
  ];
  const made = await scene.do('createJourney', {
    externalId: scene.name(),
    name: 'Wake up',
    definition: { trigger: { event: 'REPLY' }, steps },
  });
  return made['journey'].id as string;
}

/** A journey that lets customers in. */
export async function openJourneyOf(scene: Scene): Promise<string> {
  const id = await journeyOf(scene);
  await scene.do('publishJourney', { id });
  return id;
}

/** Rows in all tables of experiments, journeys and imports, about this customer among others. */
export async function tryOut(scene: Scene, customer: { id: string }): Promise<void> {
  await experimentOf(scene);
  await runJobs(scene.t, experimentsFeature.jobs);
  await scene.do('enterJourney', { id: await openJourneyOf(scene), customers: [customer] });
  await runJobs(scene.t, journeysFeature.jobs);
  await scene.do('recordAttention', { customer, action: 'REPLY' });
  await bringEvents(scene);
}
