import { messageId } from '../messages';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import {
  end,
  type Condition,
  type Definition,
  type ExitName,
  type Step,
  type Trigger,
} from './definition';
import { invalid, readCondition, readTrigger } from './read-asked';

/** A definition as a client describes it; all ids are public, also those of its segments. */
export interface DefinitionDraft {
  trigger: Trigger;
  exits?: readonly ExitName[] | null;
  steps: readonly StepDraft[];
}

/** A step as a client describes it. */
export interface StepDraft {
  key: string;
  waitHours?: number | null;
  messageId?: string | null;
  branch?: {
    when: Condition;
    then: string;
    otherwise?: string | null;
  } | null;
}

const keyPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const mostWaitHours = 8784;

/**
 * A definition fit to be stored, or why it is not. Branches lead onwards only, so that every journey has
 * an end; messages are looked for by the caller.
 */
export function readDefinition(
  { trigger, exits, steps }: DefinitionDraft,
  { journeySteps }: Pick<Limits, 'journeySteps'>,
): Definition | UserErrorShape {
  const start = readTrigger(trigger);
  if ('code' in start) return start;
  if (steps.length > journeySteps) return userError('LIMIT_EXCEEDED', ['steps']);
  if (steps.length === 0) return invalid(['steps'], 'A journey has at least one step.');
  const places = new Map(steps.map(({ key }, at) => [key, at]));
  if (places.size < steps.length)
    return invalid(['steps', 'key'], 'Each step has a key of its own.');
  const read: Step[] = [];
  for (const [at, draft] of steps.entries()) {
    const step = readStep(draft, at, places);
    if ('code' in step) return step;
    read.push(step);
  }
  return { trigger: start, exits: [...new Set(exits ?? [])], steps: read };
}

function readStep(
  { key, waitHours, messageId: message, branch }: StepDraft,
  at: number,
  places: ReadonlyMap<string, number>,
): Step | UserErrorShape {
  if (!keyPattern.test(key)) {
    const sentence = 'A key has 1 to 63 lower case letters, digits and hyphens.';
    return invalid(['steps', 'key'], sentence);
  }
  const given = [waitHours, message, branch].filter((one) => one != null);
  if (given.length !== 1) {
    return invalid(['steps'], 'A step has exactly one of waitHours, messageId and branch.');
  }
  if (waitHours != null) {
    if (waitHours >= 1 && waitHours <= mostWaitHours) return { key, waitHours };
    return invalid(['steps', 'waitHours'], `Must be from 1 to ${mostWaitHours}.`);
  }
  if (message != null) {
    const uuid = messageId.decode(message);
    return uuid === null
      ? userError('NOT_FOUND', ['steps', 'messageId'])
      : { key, messageId: uuid };
  }
  return readBranch(key, branch as NonNullable<typeof branch>, at, places);
}

function readBranch(
  key: string,
  { when, then, otherwise }: NonNullable<StepDraft['branch']>,
  at: number,
  places: ReadonlyMap<string, number>,
): Step | UserErrorShape {
  const condition = readCondition(when);
  if ('code' in condition) {
    return { ...condition, field: ['steps', 'branch', 'when', ...(condition.field ?? [])] };
  }
  const other = otherwise ?? end;
  for (const [name, target] of Object.entries({ then, otherwise: other })) {
    if (target === end || (places.get(target) ?? -1) > at) continue;
    return invalid(['steps', 'branch', name], 'Must be the key of a later step, or END.');
  }
  return { key, branch: { when: condition, then, otherwise: other } };
}
