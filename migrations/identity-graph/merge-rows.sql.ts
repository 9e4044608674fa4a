/** Lets everything of a customer follow, and writes down what followed and what became of pairs. */
export const mergeRows = `
  CREATE FUNCTION merge_rows(merge uuid, gone uuid, survivor uuid, merged_at timestamptz) RETURNS jsonb
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      -- Set inside, because only a superuser may attach a setting of ours to a function.
      reach text := coalesce(current_setting('app.reach', true), '');
      place record; sets text; pairs text; lines jsonb; followed jsonb := '{}'; number integer := 0;
    BEGIN
      PERFORM set_config('app.reach', 'everything', true);
      IF NOT EXISTS (SELECT FROM customers WHERE id = gone AND merged_into = survivor) THEN
        RAISE EXCEPTION 'no merge explains this' USING ERRCODE = 'restrict_violation';
      END IF;
      PERFORM set_config('app.merge', merge || ' ' || merged_at, true);
      FOR place IN SELECT * FROM merge_places() LOOP
        SELECT joining INTO sets FROM merge_sets(place.tab);
        IF sets IS NOT NULL OR place.drops THEN
          pairs := format('g.customer_id = $1 AND b.customer_id = $2 AND %s',
            merge_match(place.keys, 'g', 'b'));
          EXECUTE format('SELECT FROM %s x WHERE x.customer_id IN ($1, $2) ORDER BY %s FOR UPDATE', place.tab,
            (SELECT string_agg(format('x.%I', k), ', ') FROM unnest(place.keys) AS k)) USING gone, survivor;
        END IF;
        IF sets IS NOT NULL THEN
          EXECUTE format('WITH done AS (UPDATE %1$s i SET %2$s FROM %1$s g, %1$s b
              WHERE %3$s AND i.ctid = b.ctid RETURNING jsonb_build_object(''before'', to_jsonb(b),
                ''after'', to_jsonb(i), ''gone'', to_jsonb(g)) AS line)
            SELECT jsonb_agg(line) FROM done', place.tab, sets, pairs) INTO lines USING gone, survivor;
          number := number + 1;
          INSERT INTO merge_log (merge_id, number, tab, col, act, lines)
          SELECT merge, number, place.tab::text, place.col, 'JOINED', lines WHERE lines IS NOT NULL;
        END IF;
        IF place.drops THEN
          EXECUTE format('WITH done AS (DELETE FROM %1$s g USING %1$s b WHERE %2$s
              RETURNING to_jsonb(g) AS line) SELECT jsonb_agg(line) FROM done', place.tab, pairs)
            INTO lines USING gone, survivor;
          number := number + 1;
          INSERT INTO merge_log (merge_id, number, tab, col, act, lines)
          SELECT merge, number, place.tab::text, place.col, 'DROPPED', lines WHERE lines IS NOT NULL;
        END IF;
        lines := give_rows(place.tab, place.col, place.keys, gone, survivor, 'true', NULL);
        CONTINUE WHEN lines = '[]';
        number := number + 1;
        INSERT INTO merge_log (merge_id, number, tab, col, act, lines)
        VALUES (merge, number, place.tab::text, place.col, 'MOVED', lines);
        followed := followed
          || jsonb_build_object(place.tab || '.' || place.col, jsonb_array_length(lines));
      END LOOP;
      PERFORM set_config('app.merge', '', true);
      PERFORM set_config('app.reach', reach, true);
      RETURN followed;
    END $$;
  REVOKE ALL ON FUNCTION merge_rows(uuid, uuid, uuid, timestamptz) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION merge_rows(uuid, uuid, uuid, timestamptz) TO atomic_rewards_app;
`;
