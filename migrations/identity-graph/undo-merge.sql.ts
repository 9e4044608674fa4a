/** Gives everything back that a merge moved, and what came in for the one customer since. */
export const undoMerge = `
  CREATE FUNCTION undo_merge(merge uuid) RETURNS jsonb
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      reach text := coalesce(current_setting('app.reach', true), '');
      gone uuid; survivor uuid; since timestamptz; undone timestamptz; brands uuid[]; redemptions jsonb;
      place record; step record; sets text;
    BEGIN
      PERFORM set_config('app.reach', 'everything', true);
      SELECT m.from_id, m.into_id, m.created_at, m.undone_at INTO gone, survivor, since, undone FROM customer_merges m
      JOIN customers c ON c.id = m.from_id AND c.merged_into IS NULL
      WHERE m.id = merge AND m.undone_at IS NOT NULL
        AND EXISTS (SELECT FROM merge_log l WHERE l.merge_id = m.id);
      IF gone IS NULL THEN
        RAISE EXCEPTION 'no merge is to be undone' USING ERRCODE = 'restrict_violation';
      END IF;
      PERFORM set_config('app.merge', merge || ' ' || undone, true);
      -- A brand that knew only the one before the merge can have meant nobody else since.
      SELECT coalesce(array_agg((l.line ->> 'brand_id')::uuid), '{}') INTO brands
      FROM (SELECT jsonb_array_elements(lines) AS line FROM merge_log
        WHERE merge_id = merge AND tab = 'relationships' AND act = 'MOVED') l;
      SELECT coalesce(jsonb_agg(l.line -> 'id'), '[]') INTO redemptions
      FROM (SELECT jsonb_array_elements(lines) AS line FROM merge_log
        WHERE merge_id = merge AND tab = 'redemptions' AND act = 'MOVED') l;
      FOR step IN SELECT l.tab::regclass AS tab, l.col, l.act, l.lines, p.keys FROM merge_log l
        JOIN merge_places() p ON p.tab = l.tab::regclass AND p.col = l.col
        WHERE l.merge_id = merge ORDER BY l.number DESC
      LOOP
        IF step.act = 'MOVED' THEN
          PERFORM give_rows(step.tab, step.col, step.keys, survivor, gone, format('EXISTS (
            SELECT FROM jsonb_populate_recordset(NULL::%s, $3) k WHERE %s)', step.tab,
            merge_match(step.keys, 'k', 'x')), step.lines);
        ELSIF step.act = 'DROPPED' THEN
          EXECUTE format('INSERT INTO %1$s SELECT (jsonb_populate_recordset(NULL::%1$s, $1)).*
            ON CONFLICT DO NOTHING', step.tab) USING step.lines;
        ELSE
          SELECT parting INTO sets FROM merge_sets(step.tab);
          EXECUTE format('UPDATE %1$s i SET %2$s FROM jsonb_array_elements($1) l,
              LATERAL jsonb_populate_record(NULL::%1$s, l -> ''before'') b,
              LATERAL jsonb_populate_record(NULL::%1$s, l -> ''after'') a,
              LATERAL jsonb_populate_record(NULL::%1$s, l -> ''gone'') g
            WHERE i.customer_id = b.customer_id AND %3$s', step.tab, sets,
            merge_match(step.keys, 'i', 'b')) USING step.lines;
        END IF;
      END LOOP;
      -- One that has come to know the person since, by nothing but identities of the one, meant them too.
      brands := brands || ARRAY(SELECT r.brand_id FROM relationships r
        WHERE r.customer_id = survivor AND r.created_at >= since
          AND EXISTS (SELECT FROM brand_identities i
            WHERE i.brand_id = r.brand_id AND i.customer_id = survivor)
          AND NOT EXISTS (SELECT FROM brand_identities i
            WHERE i.brand_id = r.brand_id AND i.customer_id = survivor AND NOT EXISTS (
              SELECT FROM identities d
              WHERE d.kind = i.kind AND d.value = i.value AND d.customer_id = gone)));
      FOR place IN SELECT * FROM merge_places() p WHERE p.branded AND NOT p.stays LOOP
        PERFORM give_rows(place.tab, place.col, place.keys, survivor, gone,
          'x.brand_id = ANY (ARRAY(SELECT jsonb_array_elements_text($3)::uuid))', to_jsonb(brands));
      END LOOP;
      -- What only brands of the one have named is an identity of the one, though it was named since.
      UPDATE identities d SET customer_id = gone
      WHERE d.customer_id = survivor AND d.created_at >= since
        AND EXISTS (SELECT FROM brand_identities i
          WHERE i.kind = d.kind AND i.value = d.value AND i.customer_id = gone)
        AND NOT EXISTS (SELECT FROM brand_identities i
          WHERE i.kind = d.kind AND i.value = d.value AND i.customer_id = survivor);
      PERFORM set_config('app.merge', '', true);
      DELETE FROM merge_log WHERE merge_id = merge;
      PERFORM set_config('app.reach', reach, true);
      RETURN jsonb_build_object('brands', brands, 'redemptions', redemptions);
    END $$;
  REVOKE ALL ON FUNCTION undo_merge(uuid) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION undo_merge(uuid) TO atomic_rewards_app;
`;
