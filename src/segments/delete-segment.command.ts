import { refused, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import { segmentId } from './segment.id';
import type { SegmentAnswer } from './upsert-segment.command';

/** A segment nobody needs any more. */
export interface DeleteSegment {
  id: string;
}

const lockSql = `
  SELECT s.id, s.brand_id FROM segments s
  WHERE s.id = ANY ($1::uuid[]) AND s.brand_id = ANY ($2::uuid[]) AND s.deleted_at IS NULL
  ORDER BY s.id FOR NO KEY UPDATE OF s`;

const deleteSql = `
  UPDATE segments SET deleted_at = $2, reached = NULL, due_at = NULL WHERE id = ANY ($1::uuid[])`;

/** Takes segments away; their members' rows go by and by, and nobody is told of them. */
export const deleteSegment: CommandHandler<DeleteSegment, SegmentAnswer> = {
  kind: 'deleteSegment',
  async execute(tx, commands) {
    const ids = commands.map(({ input }) => segmentId.decode(input.id));
    const brands = commands.map(({ tenant }) => tenant);
    const rows = await tx.query<{ id: string; brand_id: string }>(lockSql, [ids, brands]);
    const brandOf = new Map(rows.map((row) => [row.id, row.brand_id]));
    const answers = commands.map(({ tenant }, at): SegmentAnswer => {
      const id = ids[at] ?? '';
      if (brandOf.get(id) !== tenant) return refused(userError('NOT_FOUND', ['id']));
      // The second of two for the same one finds it gone.
      brandOf.delete(id);
      return { segment: id, userErrors: [] };
    });
    const deleted = answers.flatMap(({ segment }) => segment ?? []);
    if (deleted.length > 0) await tx.query(deleteSql, [deleted, tx.now]);
    return answers;
  },
};
