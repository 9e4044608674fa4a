import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';

/** Advisory lock of whoever forgets. */
const forgetLock = 7_219_340_596;

// A mark is what keeps a micron that was read from coming back unread: it goes once that one would be too old.
const forgetSql = `
  WITH old AS (
    SELECT k.customer_id, k.brand_id, k.message_id FROM micronbox_marks k
    WHERE k.saved_at IS NULL AND k.delivered_at <= $1::timestamptz - make_interval(days => $3::integer)
      AND coalesce(greatest(k.read_at, k.let_go_at), '-infinity')
        <= $1::timestamptz - make_interval(days => $2::integer)
    ORDER BY k.delivered_at LIMIT $4 FOR UPDATE SKIP LOCKED)
  DELETE FROM micronbox_marks k USING old o
  WHERE k.customer_id = o.customer_id AND k.brand_id = o.brand_id AND k.message_id = o.message_id
  RETURNING 1`;

/** Deletes what is noted of microns that have left for good. They left by themselves, when it was time. */
export const forgetMarks: Job = {
  name: 'forget-micronbox-marks',
  leisurely: true,
  run: (context) =>
    inTurn(context, forgetLock, async (tx) => {
      const { micronboxReadDays, micronboxUnreadDays, micronboxForgotten } = tx.limits;
      const values = [tx.now, micronboxReadDays, micronboxUnreadDays, micronboxForgotten];
      return (await tx.query(forgetSql, values)).length;
    }),
};
