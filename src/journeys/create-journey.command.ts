import { nameOf, takenNames } from '../brands';
import { openExperiments, type OpenExperiment } from '../holdouts';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import type { Definition } from './definition';
import type { JourneyRow } from './journey.entity';
import { journeyId } from './journey.id';
import type { DefinitionDraft } from './read-definition';
import { readDefinitions } from './read-definitions';

/** A journey as a brand describes it. */
export interface CreateJourney {
  externalId: string;
  name: string;
  experimentId?: string | null;
  definition: DefinitionDraft;
}

export interface JourneyAnswer extends Answer {
  journey?: JourneyRow;
}

const nameBytes = 200;

/** Makes journeys, which let nobody in before they are published. */
export const createJourney: CommandHandler<CreateJourney, JourneyAnswer> = {
  kind: 'createJourney',
  async execute(tx, commands) {
    const experiments = await openExperiments(
      tx,
      commands.map(({ input }) => input.experimentId ?? null),
      commands.map(({ tenant }) => tenant as string),
    );
    const definitions = await readDefinitions(
      tx,
      commands.map(({ input, tenant }) => ({ draft: input.definition, brandId: tenant as string })),
    );
    const drafts = commands.map((command, at) =>
      readDraft(
        tx,
        command,
        experiments[at] ?? null,
        definitions[at] as Definition | UserErrorShape,
      ),
    );
    const taken = await takenNames(
      tx,
      'journeys',
      drafts.filter((draft): draft is JourneyRow => 'id' in draft),
    );
    const kept: JourneyRow[] = [];
    const answers = drafts.map((draft): JourneyAnswer => {
      if (!('id' in draft)) return refused(draft);
      const name = nameOf(draft);
      if (taken.has(name)) return refused(userError('ALREADY_EXISTS', ['externalId']));
      taken.add(name);
      kept.push(draft);
      return { journey: draft, userErrors: [] };
    });
    if (kept.length > 0) await tx.query(storeSql, [JSON.stringify(kept)]);
    return answers;
  },
};

const storeSql = `
  INSERT INTO journeys SELECT * FROM jsonb_populate_recordset(NULL::journeys, $1::jsonb)`;

function readDraft(
  tx: CommandTransaction,
  { input, tenant }: Command<CreateJourney>,
  experiment: OpenExperiment | null,
  definition: Definition | UserErrorShape,
): JourneyRow | UserErrorShape {
  const externalId = checkText(input.externalId, { maxBytes: nameBytes, field: ['externalId'] });
  if (externalId.refusal) return externalId.refusal;
  const name = checkText(input.name, { maxBytes: nameBytes, field: ['name'] });
  if (name.refusal) return name.refusal;
  if (input.experimentId != null && experiment === null) {
    return userError('NOT_FOUND', ['experimentId']);
  }
  if ('code' in definition) return withinDefinition(definition);
  return {
    id: journeyId.create(),
    brand_id: tenant as string,
    external_id: externalId.value,
    name: name.value,
    experiment_id: experiment?.id ?? null,
    draft: definition,
    version: null,
    trigger_kind: null,
    trigger_values: null,
    created_at: tx.now,
    updated_at: tx.now,
    stopped_at: null,
    sweep_at: null,
    sweep_after: null,
  };
}

/** The refusal of a definition as that of an input that holds it. */
export function withinDefinition({ field, ...refusal }: UserErrorShape): UserErrorShape {
  return { ...refusal, field: ['definition', ...(field ?? [])] };
}
