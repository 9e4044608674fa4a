import type { CommandHandler } from '../platform/database/command';
import type { Feature } from '../platform/feature';

/**
 * The handlers of all features, each with what features above do after it, lowest storey first, and
 * within what features put around all of them.
 */
export function followedHandlers(features: readonly Feature[]): CommandHandler[] {
  const guards = features.flatMap(({ guard }) => guard ?? []);
  return features
    .flatMap(({ commands }) => commands)
    .map((handler) => guards.reduce((inner, guard) => guard(inner), followed(handler, features)));
}

function followed(handler: CommandHandler, features: readonly Feature[]): CommandHandler {
  const followers = features.flatMap(({ follows }) => follows?.[handler.kind] ?? []);
  if (followers.length === 0) return handler;
  return {
    ...handler,
    async execute(tx, commands) {
      const answers = await handler.execute(tx, commands);
      for (const follow of followers) await follow(tx, commands, answers);
      return answers;
    },
  };
}
