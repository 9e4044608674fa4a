/** Everything that names a customer, a bounded number of rows at a time, for a copy of it. */
export const exportRows = `
  -- Rows of a table are in the order of a digest of their key, which fits a cursor whatever the key is.
  CREATE FUNCTION export_rows(person uuid, brand uuid, after_tab text, after_key text, many integer)
  RETURNS TABLE (tab text, key text, line jsonb)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      reach text := coalesce(current_setting('app.reach', true), '');
      -- Proofs that somebody holds a code or a device; and of a wallet what other brands gave.
      hidden text[] := ARRAY['code_hash', 'device_hash', 'device'] || CASE WHEN brand IS NULL THEN ARRAY[]::text[]
        ELSE ARRAY['account_id', 'number', 'balance_after', 'debit_account', 'credit_account'] END;
      -- What a merge moved is told of all brands together.
      of_merges text[] := CASE WHEN brand IS NULL THEN ARRAY[]::text[]
        ELSE ARRAY['mu', 'followed', 'logged'] END;
      people uuid[]; place record; found bigint; fetched bigint := 0; keyed text;
    BEGIN
      IF NOT coalesce(app_everything() OR (brand IS NULL AND person = app_subject())
        OR brand = ANY (app_tenants()), false) THEN
        RAISE EXCEPTION 'not theirs to see' USING ERRCODE = 'insufficient_privilege';
      END IF;
      PERFORM set_config('app.reach', 'everything', true);
      people := ARRAY(SELECT c.id FROM customers c WHERE c.id = person OR c.merged_into = person);
      FOR place IN
        SELECT p.tab, p.branded, p.keys, string_agg(format('x.%I = ANY ($1)', p.col), ' OR ') AS named
        FROM erase_places() p WHERE after_tab IS NULL OR p.tab::text COLLATE "C" >= after_tab
        GROUP BY p.tab, p.branded, p.keys ORDER BY p.tab::text COLLATE "C"
      LOOP
        CONTINUE WHEN brand IS NOT NULL AND NOT place.branded;
        keyed := (SELECT format('md5(ARRAY[%s]::text) COLLATE "C"',
          string_agg(format('x.%I::text', k), ', ')) FROM unnest(place.keys) AS k);
        RETURN QUERY EXECUTE format('SELECT $5, %1$s, to_jsonb(x) - $6 FROM %2$s x
          WHERE (%3$s) AND %4$s AND ($3::text IS NULL OR %1$s > $3) ORDER BY %1$s LIMIT $4', keyed,
          place.tab, place.named, CASE WHEN brand IS NULL THEN '$2::uuid IS NULL' ELSE 'x.brand_id = $2' END)
        USING people, brand, CASE WHEN place.tab::text = after_tab THEN after_key END,
          many - fetched, place.tab::text,
          hidden || CASE WHEN place.tab::text = 'customer_merges' THEN of_merges ELSE ARRAY[]::text[] END;
        GET DIAGNOSTICS found = ROW_COUNT;
        fetched := fetched + found;
        EXIT WHEN fetched >= many;
      END LOOP;
      PERFORM set_config('app.reach', reach, true);
    END $$;
  REVOKE ALL ON FUNCTION export_rows(uuid, uuid, text, text, integer) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION export_rows(uuid, uuid, text, text, integer) TO atomic_rewards_app;
`;

export const dropExportRows = `
  DROP FUNCTION export_rows(uuid, uuid, text, text, integer);`;
