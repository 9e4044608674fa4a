/** `more` adds columns that refer to customers, as `UNION SELECT` table and name. */
export const mergePlacesOf = (more: string): string => `
  -- Columns that refer to customers, with the key of their table. Caps name people without referring to
  -- them, since some of them are about nobody.
  CREATE OR REPLACE FUNCTION merge_places()
  RETURNS TABLE (tab regclass, col text, keys text[], branded boolean, stays boolean, drops boolean)
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT p.tab, p.col, k.keys,
      EXISTS (SELECT FROM pg_attribute b WHERE b.attrelid = p.tab AND b.attname = 'brand_id'
        AND NOT b.attisdropped),
      coalesce(obj_description(p.tab, 'pg_class') ~ 'merge:[A-Z, ]* STAY', false),
      coalesce(obj_description(p.tab, 'pg_class') ~ 'merge:[A-Z, ]* DROP', false)
    FROM (
      SELECT f.conrelid::regclass AS tab, a.attname::text AS col FROM pg_constraint f
      JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
      WHERE f.contype = 'f' AND f.confrelid = 'customers'::regclass
        AND f.conrelid NOT IN ('customers'::regclass, 'customer_merges'::regclass)
      UNION SELECT 'rule_caps'::regclass, 'customer_id' ${more}) p
    CROSS JOIN LATERAL (
      SELECT array_agg(a.attname::text ORDER BY x.place) AS keys
      FROM pg_constraint c CROSS JOIN unnest(c.conkey) WITH ORDINALITY AS x(attnum, place)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = x.attnum
      WHERE c.conrelid = p.tab AND c.contype = 'p') k
    ORDER BY p.tab::text, p.col $$;`;

/**
 * Which rows follow a merge, and how two rows about one thing become one. A table says it itself, in
 * comments that travel with it: see docs/identity.md.
 */
export const mergePlaces = `
${mergePlacesOf('')}

  -- What makes one row of the survivor's (i) and that of the one who is gone (g), and what takes it apart
  -- again: of what is as the merge left it (a) it makes what was before (b), and takes sums apart exactly.
  CREATE FUNCTION merge_sets(tab regclass) RETURNS TABLE (joining text, parting text)
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH columns AS (
      SELECT quote_ident(a.attname) AS c,
        substring(col_description(a.attrelid, a.attnum) FROM 'merge: ([A-Z]+)') AS how
      FROM pg_attribute a WHERE a.attrelid = tab AND a.attnum > 0 AND NOT a.attisdropped),
    stamped AS (
      SELECT coalesce(string_agg(format('i.%1$s IS NOT DISTINCT FROM a.%1$s', c), ' AND '), 'true') AS same
      FROM columns WHERE how = 'STAMP')
    SELECT
      string_agg(format(CASE how
        WHEN 'SUM' THEN '%1$s = coalesce(i.%1$s, 0) + coalesce(g.%1$s, 0)'
        WHEN 'LEAST' THEN '%1$s = least(i.%1$s, g.%1$s)'
        WHEN 'GREATEST' THEN '%1$s = greatest(i.%1$s, g.%1$s)'
        WHEN 'STAMP' THEN '%1$s = greatest(i.%1$s, g.%1$s)'
        WHEN 'AND' THEN '%1$s = (i.%1$s AND g.%1$s)'
        WHEN 'OR' THEN '%1$s = (i.%1$s OR g.%1$s)'
        WHEN 'FILL' THEN '%1$s = coalesce(i.%1$s, g.%1$s)'
        WHEN 'LAY' THEN '%1$s = g.%1$s || i.%1$s' END, c), ', ' ORDER BY c),
      string_agg(format(CASE how
        WHEN 'SUM' THEN '%1$s = i.%1$s - coalesce(g.%1$s, 0)'
        WHEN 'LAY' THEN '%1$s = unlay(i.%1$s, a.%1$s, b.%1$s)'
        ELSE '%1$s = CASE WHEN %2$s AND i.%1$s IS NOT DISTINCT FROM a.%1$s THEN b.%1$s ELSE i.%1$s END'
        END, c, same), ', ' ORDER BY c)
    FROM columns, stamped WHERE how IS NOT NULL $$;

  -- An object as it would be had nothing been laid under it: what was changed since stays changed.
  CREATE FUNCTION unlay(now jsonb, after jsonb, before jsonb) RETURNS jsonb
  LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(e.key, e.value) FILTER (WHERE e.value IS NOT NULL), '{}')
    FROM (SELECT n.key, CASE WHEN after -> n.key IS NOT DISTINCT FROM n.value THEN before -> n.key
      ELSE n.value END AS value FROM jsonb_each(now) n) e $$;

  -- That the rows l and r have the same key, but for whose they are.
  CREATE FUNCTION merge_match(keys text[], l text, r text) RETURNS text
  LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(string_agg(format('%s.%I = %s.%I', l, k, r, k), ' AND '), 'true')
    FROM unnest(keys) AS k WHERE k <> 'customer_id' $$;

  -- Gives rows of one customer to another, those a condition names (which may use $3), and answers their
  -- keys. What the other has too stays where it is, as history, and the rest goes.
  CREATE FUNCTION give_rows(tab regclass, col text, keys text[], giver uuid, taker uuid,
    condition text, argument jsonb) RETURNS jsonb
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    DECLARE
      key text := (SELECT 'jsonb_build_object(' || string_agg(format('%L, x.%I', k, k), ', ') || ')'
        FROM unnest(keys) AS k);
      line tid; given jsonb; one jsonb;
    BEGIN
      EXECUTE format('WITH given AS (UPDATE %s x SET %I = $2 WHERE x.%I = $1 AND %s RETURNING %s AS key)
        SELECT jsonb_agg(key) FROM given', tab, col, col, condition, key)
        INTO given USING giver, taker, argument;
      RETURN coalesce(given, '[]');
    EXCEPTION WHEN unique_violation OR check_violation THEN
      given := '[]';
      FOR line IN EXECUTE format('SELECT x.ctid FROM %s x WHERE x.%I = $1 AND %s FOR UPDATE', tab, col,
        condition) USING giver, taker, argument
      LOOP
        BEGIN
          EXECUTE format('UPDATE %s x SET %I = $2 WHERE x.ctid = $1 RETURNING %s', tab, col, key)
            INTO one USING line, taker;
          given := given || jsonb_build_array(one);
        EXCEPTION WHEN unique_violation OR check_violation THEN
        END;
      END LOOP;
      RETURN given;
    END $$;
`;

export const dropMergePlaces = `
  DROP FUNCTION give_rows(regclass, text, text[], uuid, uuid, text, jsonb);
  DROP FUNCTION merge_match(text[], text, text); DROP FUNCTION unlay(jsonb, jsonb, jsonb);
  DROP FUNCTION merge_sets(regclass); DROP FUNCTION merge_places();`;
