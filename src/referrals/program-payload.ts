import { toEntity } from '../platform/database/rows';
import { ReferralProgramEntity } from './referral-program.entity';
import type { ReferralProgramAnswer } from './upsert-referral-program.command';

/** The programme of an answer, with the reserve of that moment. */
export function programAsAnswered(answer: ReferralProgramAnswer): ReferralProgramEntity | null {
  if (answer.program === undefined) return null;
  const program = toEntity(ReferralProgramEntity, { ...answer.program });
  return Object.assign(program, { reservedThen: answer.reserved });
}
