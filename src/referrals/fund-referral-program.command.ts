import { accounts, checkAmount, Posting } from '../ledger';
import { refused, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import { fund } from './program-reserve';
import { programsOf } from './program.service';
import type { ReferralProgramAnswer } from './upsert-referral-program.command';

/** How much more is set aside. */
export interface FundReferralProgram {
  amount: number;
}

/** Sets more of brands' budgets aside for their programmes. */
export const fundReferralProgram: CommandHandler<FundReferralProgram, ReferralProgramAnswer> = {
  kind: 'fundReferralProgram',
  async execute(tx, commands) {
    const programs = await programsOf(tx, [
      ...new Set(commands.map(({ tenant }) => tenant as string)),
    ]);
    const refs = [...programs.values()].flatMap(({ id, brand_id: brand }) => [
      accounts.budget(brand),
      accounts.reserve(brand, id),
    ]);
    const posting = await Posting.open(tx, refs, []);
    const answers = commands.map(({ input, tenant }): ReferralProgramAnswer => {
      const wrong = checkAmount(input.amount, tx.limits);
      if (wrong !== null) return refused(wrong);
      const program = programs.get(tenant as string);
      if (program === undefined) return refused(userError('NOT_FOUND'));
      if (!program.open) return refused(userError('PROGRAM_CLOSED'));
      const refusal = fund(posting, program, input.amount);
      if (refusal !== null) return refused(userError(refusal, ['amount']));
      const reserved = posting.balanceOf(accounts.reserve(program.brand_id, program.id));
      return { program, reserved, userErrors: [] };
    });
    await posting.flush();
    return answers;
  },
};
