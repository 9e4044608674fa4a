import type { Answer, Command } from '../platform/database/command';
import type { UserErrorShape } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { magnetOfAnswer, type MagnetSnapshot } from './magnet.loader';
import type { Magnet } from './magnet.type';

/** What every mutation of a magnet itself answers. */
export interface MagnetPayload {
  magnet: Magnet | null;
  replayed: boolean;
  userErrors: UserErrorShape[];
}

/** The magnet as the command left it. */
export interface MagnetAnswerOfCommand extends Answer {
  magnet?: MagnetSnapshot;
}

/** Submits a command for a magnet and rebuilds the payload from its answer, first or replayed. */
export async function submitMagnetCommand(
  context: Context,
  command: Command,
): Promise<MagnetPayload> {
  const { answer, replayed } = await context.commands.submit<MagnetAnswerOfCommand>(command);
  const magnet = await magnetOfAnswer(context, answer.magnet);
  return { magnet, replayed, userErrors: answer.userErrors };
}
