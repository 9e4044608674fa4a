import { refused, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import { withinDefinition, type JourneyAnswer } from './create-journey.command';
import { triggerColumns, type Definition } from './definition';
import type { JourneyRow } from './journey.entity';
import { lockJourneys } from './locked-journeys';
import type { DefinitionDraft } from './read-definition';
import { readDefinitions } from './read-definitions';

/** The journey, and what its next version does when that is not what it was made with. */
export interface PublishJourney {
  id: string;
  definition?: DefinitionDraft | null;
}

const versionSql = `
  INSERT INTO journey_versions (brand_id, journey_id, version, definition, published_at)
  SELECT t.brand_id, t.journey_id, t.version, t.definition, $5
  FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::jsonb[])
    AS t(brand_id, journey_id, version, definition)`;

const publishSql = `
  UPDATE journeys j SET version = t.version, trigger_kind = t.kind, updated_at = $5, sweep_at = $5,
    trigger_values = ARRAY(SELECT jsonb_array_elements_text(t.values)), sweep_after = NULL
  FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::jsonb[]) AS t(id, version, kind, values)
  WHERE j.id = t.id`;

/** Publishes the next version of journeys; runs under way go on by theirs. */
export const publishJourney: CommandHandler<PublishJourney, JourneyAnswer> = {
  kind: 'publishJourney',
  async execute(tx, commands) {
    const journeys = await lockJourneys(tx, commands);
    const given = commands.flatMap(({ input, tenant }, at) =>
      input.definition == null ? [] : [{ at, draft: input.definition, brandId: tenant as string }],
    );
    const read = await readDefinitions(tx, given);
    const definitions = new Map(given.map(({ at }, i) => [at, read[i]]));
    const published: { row: JourneyRow; definition: Definition }[] = [];
    const answers = journeys.map((row, at): JourneyAnswer => {
      if (row === null) return refused(userError('NOT_FOUND', ['id']));
      if (row.stopped_at !== null) return refused(userError('ALREADY_RESOLVED', ['id']));
      const definition = definitions.get(at) ?? row.draft;
      if ('code' in definition) return refused(withinDefinition(definition));
      const [kind, values] = triggerColumns(definition.trigger);
      // Of several of one list each gets a version of its own, and the last stays in force.
      row.version = (row.version ?? 0) + 1;
      const next = { ...row, trigger_kind: kind, trigger_values: values, updated_at: tx.now };
      published.push({ row: next, definition });
      return { journey: next, userErrors: [] };
    });
    if (published.length === 0) return answers;
    await tx.query(versionSql, [
      published.map(({ row }) => row.brand_id),
      published.map(({ row }) => row.id),
      published.map(({ row }) => row.version),
      published.map(({ definition }) => JSON.stringify(definition)),
      tx.now,
    ]);
    const last = [...new Map(published.map(({ row }) => [row.id, row])).values()];
    await tx.query(publishSql, [
      last.map((row) => row.id),
      last.map((row) => row.version),
      last.map((row) => row.trigger_kind),
      last.map((row) => JSON.stringify(row.trigger_values)),
      tx.now,
    ]);
    return answers;
  },
};
