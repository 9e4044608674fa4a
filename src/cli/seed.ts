import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { ShiftedClock } from '../platform/clock';
import { loadConfig } from '../platform/config';
import { createService } from '../server/create-service';
import { tellBestCustomer } from './stories/best-customer';
import { tellDailyStreak } from './stories/daily-streak';
import { tellFundedMicron } from './stories/funded-micron';
import { tellQrInAShop } from './stories/qr-in-a-shop';
import { Storyteller } from './stories/storyteller';

const day = 86_400_000;
const kolkataMs = 5.5 * 3_600_000;

/** Nine local days that end yesterday, from their first midnight in Kolkata. */
function nineDaysAgo(): Date {
  const localMidnight = Math.floor((Date.now() + kolkataMs) / day) * day - kolkataMs;
  return new Date(localMidnight - 9 * day);
}

/**
 * `npm run seed`: plays the stories on the configured database, in the past days, through the same
 * commands that clients use. Run again, it changes nothing: every key is derived from its story.
 */
async function seed(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile();
  const clock = new ShiftedClock();
  const config = loadConfig(process.env);
  const service = await createService(config, { clock, jobs: false, demo: config.developerTools });
  try {
    const monday = nineDaysAgo();
    const micron = await tellFundedMicron(new Storyteller(service, clock, 'funded-micron'), monday);
    say('Story 1: TripKart', micron.brand.apiKey);
    const streak = await tellDailyStreak(new Storyteller(service, clock, 'daily-streak'), monday);
    say('Story 2: DailyPaper', streak.brand.apiKey);
    const scan = await tellQrInAShop(new Storyteller(service, clock, 'qr-in-a-shop'), monday);
    say('Story 3: PageTurn Books', scan.brand.apiKey);
    const best = await tellBestCustomer(new Storyteller(service, clock, 'best-customer'), monday);
    say('Story 5: KaapiCo', best.brand.apiKey);
  } finally {
    await service.close();
  }
}

function say(title: string, apiKey: string): void {
  process.stdout.write(`${title}: told. Brand key: ${apiKey}\n`);
}

seed().catch((error: unknown) => {
  process.stderr.write(`The stories could not be told: ${(error as Error).message}\n`);
  process.exitCode = 1;
});
