import { toEntity } from '../platform/database/rows';
import type { JourneyAnswer } from './create-journey.command';
import { JourneyEntity } from './journey.entity';

/** The journey of an answer as the graph shows it; null when it was refused. */
export function toJourney({ journey }: JourneyAnswer): JourneyEntity | null {
  return journey === undefined ? null : toEntity(JourneyEntity, { ...journey });
}
