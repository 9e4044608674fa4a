/**
 * Erases a person with one brand, or everywhere, by what tables say of themselves in their comments
 * (docs/privacy.md). Rows that stay have the customer's random id and no word of them.
 */
export const eraseRows = `
  -- Columns that name customers, and what their table says becomes of its rows.
  CREATE FUNCTION erase_places()
  RETURNS TABLE (tab regclass, col text, rule text, branded boolean, sets text, differs text, keys text[])
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT p.tab, p.col, substring(obj_description(p.tab, 'pg_class') FROM 'erase: ([A-Z]+)'),
      EXISTS (SELECT FROM pg_attribute b WHERE b.attrelid = p.tab AND b.attname = 'brand_id'
        AND NOT b.attisdropped), s.sets, s.differs, k.keys
    FROM (
      SELECT c.oid::regclass AS tab, a.attname::text AS col FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relname <> 'customers' AND (a.attname = 'customer_id' OR EXISTS (
          SELECT FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'
            AND f.confrelid = 'customers'::regclass AND f.conkey = ARRAY[a.attnum]))) p
    CROSS JOIN LATERAL (
      SELECT string_agg(format(CASE d.how WHEN 'NULL' THEN '%1$I = NULL'
          WHEN 'REASON' THEN '%1$I = x.%1$I || ''{"reason": "erased"}'''
          WHEN 'WORD' THEN '%1$I = CASE WHEN x.%1$I IS NOT NULL THEN ''erased'' END'
          ELSE '%1$I = CASE WHEN x.%1$I IS NOT NULL THEN ''erased-'' || x.id END' END, d.c), ', ') AS sets,
        string_agg(format(CASE d.how WHEN 'NULL' THEN 'x.%1$I IS NOT NULL'
          WHEN 'REASON' THEN 'x.%1$I ->> ''reason'' <> ''erased'''
          WHEN 'WORD' THEN 'x.%1$I <> ''erased''' ELSE 'x.%1$I <> ''erased-'' || x.id' END, d.c),
          ' OR ') AS differs
      FROM (SELECT a.attname AS c,
          substring(col_description(a.attrelid, a.attnum) FROM 'erase: ([A-Z]+)') AS how
        FROM pg_attribute a WHERE a.attrelid = p.tab AND a.attnum > 0 AND NOT a.attisdropped) d
      WHERE d.how IN ('NULL', 'WORD', 'UNIQUE', 'REASON')) s
    CROSS JOIN LATERAL (
      SELECT array_agg(a.attname::text ORDER BY x.place) AS keys
      FROM pg_constraint c CROSS JOIN unnest(c.conkey) WITH ORDINALITY AS x(attnum, place)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = x.attnum
      WHERE c.conrelid = p.tab AND c.contype = 'p') k
    -- What changes first, since triggers count anew; then what goes, and what triggers queue last.
    ORDER BY 3 DESC, p.tab = 'segment_queue'::regclass, p.tab::text, p.col $$;

  -- History stays as it is, but for the word for a movement of somebody who is erased.
  CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'transfers' THEN
        IF NEW.reason = 'erased' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' AND EXISTS (
          SELECT FROM customers c JOIN erasures e ON e.customer_id = coalesce(c.merged_into, c.id)
          WHERE c.id = OLD.customer_id AND (e.brand_id IS NULL OR e.brand_id = OLD.brand_id)) THEN
          RETURN NEW;
        END IF;
      END IF;
      RAISE EXCEPTION 'ledger history is append-only' USING ERRCODE = 'restrict_violation';
    END $$;

  CREATE FUNCTION erase_rows(person uuid, brand uuid, erased_at timestamptz) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      -- Set inside, because only a superuser may attach a setting of ours to a function.
      reach text := coalesce(current_setting('app.reach', true), '');
      people uuid[]; place record; named text; touched bigint; total bigint := 0;
    BEGIN
      PERFORM set_config('app.reach', 'everything', true);
      IF NOT EXISTS (SELECT FROM erasures e WHERE e.customer_id = person
        AND e.brand_id IS NOT DISTINCT FROM brand) THEN
        RAISE EXCEPTION 'no erasure explains this' USING ERRCODE = 'restrict_violation';
      END IF;
      -- Those merged into the person are the person; something of them may have stayed with them.
      people := ARRAY(SELECT c.id FROM customers c WHERE c.id = person OR c.merged_into = person);
      UPDATE adjustments a SET state = 'EXPIRED', decided_at = erased_at
      WHERE a.customer_id = ANY (people) AND (brand IS NULL OR a.brand_id = brand) AND a.state = 'PENDING';
      UPDATE journey_runs r SET state = 'CANCELLED', ended_at = erased_at, ended_by = 'GONE'
      WHERE r.customer_id = ANY (people) AND (brand IS NULL OR r.brand_id = brand) AND r.state = 'ACTIVE';
      UPDATE purchase_refunds f SET reason = NULL FROM purchases p
      WHERE p.customer_id = ANY (people) AND (brand IS NULL OR p.brand_id = brand)
        AND f.purchase_id = p.id AND f.reason IS NOT NULL;
      -- What was written to nobody else may speak to the person by name.
      UPDATE messages m SET subject = NULL
      WHERE m.subject IS NOT NULL AND m.id IN (SELECT d.message_id FROM deliveries d
          WHERE d.customer_id = ANY (people) AND (brand IS NULL OR d.brand_id = brand))
        AND NOT EXISTS (SELECT FROM deliveries o
          WHERE o.message_id = m.id AND o.brand_id = m.brand_id AND o.customer_id <> ALL (people));
      -- A merge of the person is for good now: what it would take to undo it is personal.
      UPDATE customer_merges m SET logged = false
      WHERE (m.from_id = ANY (people) OR m.into_id = ANY (people)) AND m.logged;
      DELETE FROM merge_log l USING customer_merges m
      WHERE l.merge_id = m.id AND (m.from_id = ANY (people) OR m.into_id = ANY (people));
      FOR place IN SELECT * FROM erase_places() LOOP
        CONTINUE WHEN brand IS NOT NULL AND NOT place.branded;
        CONTINUE WHEN place.rule IS DISTINCT FROM 'DELETE' AND place.sets IS NULL;
        named := format('x.%I = ANY ($1)', place.col)
          || CASE WHEN brand IS NULL THEN '' ELSE ' AND x.brand_id = $2' END;
        IF place.rule = 'DELETE' THEN
          EXECUTE format('DELETE FROM %s x WHERE %s', place.tab, named) USING people, brand;
        ELSE
          EXECUTE format('UPDATE %s x SET %s WHERE %s AND (%s)', place.tab, place.sets, named,
            place.differs) USING people, brand;
        END IF;
        GET DIAGNOSTICS touched = ROW_COUNT;
        total := total + touched;
      END LOOP;
      -- An address that no brand names any more is nobody's.
      DELETE FROM identities d WHERE d.customer_id = ANY (people) AND NOT EXISTS (
        SELECT FROM brand_identities i
        WHERE i.kind = d.kind AND i.value = d.value AND i.customer_id = ANY (people));
      PERFORM set_config('app.reach', reach, true);
      RETURN total;
    END $$;
  REVOKE ALL ON FUNCTION erase_rows(uuid, uuid, timestamptz) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION erase_rows(uuid, uuid, timestamptz) TO atomic_rewards_app;
`;

export const dropEraseRows = `
  CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'ledger history is append-only' USING ERRCODE = 'restrict_violation';
    END $$;
  DROP FUNCTION erase_rows(uuid, uuid, timestamptz); DROP FUNCTION erase_places();`;
