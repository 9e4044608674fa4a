/** Devices and apps beside addresses, how sure each is, and the history of all. */
export const identities = `
  ALTER TABLE brand_identities DROP CONSTRAINT brand_identities_kind_check;
  ALTER TABLE brand_identities ADD CONSTRAINT brand_identities_kind_check
    CHECK (kind IN ('EMAIL', 'PHONE', 'DEVICE', 'APP'));
  -- When a code that was sent there was given back; confirmed_at is also the brand's word.
  ALTER TABLE brand_identities ADD COLUMN proven_at timestamptz(3);
  SELECT set_config('app.reach', 'everything', true);
  UPDATE brand_identities i SET proven_at = c.proven_at
  FROM (SELECT brand_id, kind, value, min(confirmed_at) AS proven_at FROM identity_confirmations
    WHERE confirmed_at IS NOT NULL GROUP BY brand_id, kind, value) c
  WHERE c.brand_id = i.brand_id AND c.kind = i.kind AND c.value = i.value;

  CREATE TABLE identity_history (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands,
    customer_id uuid NOT NULL REFERENCES customers,
    kind text NOT NULL,
    value text NOT NULL,
    change text NOT NULL CHECK (change IN ('LINKED', 'CONFIRMED', 'MOVED', 'RETURNED', 'TAKEN')),
    level text NOT NULL CHECK (level IN ('CLAIMED', 'CONFIRMED', 'PROVEN')),
    source text NOT NULL CHECK (source IN ('BRAND', 'PROOF', 'MERGE')),
    merge_id uuid,
    happened_at timestamptz(3) NOT NULL
  );
  CREATE INDEX identity_history_customer ON identity_history (customer_id, brand_id, happened_at DESC, id DESC);
  CREATE INDEX identity_history_brand ON identity_history (brand_id);
  COMMENT ON TABLE identity_history IS 'merge: STAY';
  CREATE POLICY tenant ON identity_history
    USING (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR customer_id = (SELECT app_subject())
      OR (SELECT app_everything()))
    WITH CHECK (brand_id = ANY ((SELECT app_tenants())::uuid[]) OR (SELECT app_everything()));
  GRANT SELECT ON identity_history TO atomic_rewards_app;

  CREATE FUNCTION identity_level(confirmed_at timestamptz, proven_at timestamptz) RETURNS text
  LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN proven_at IS NOT NULL THEN 'PROVEN' WHEN confirmed_at IS NOT NULL THEN 'CONFIRMED'
      ELSE 'CLAIMED' END $$;
  INSERT INTO identity_history
    (id, brand_id, customer_id, kind, value, change, level, source, happened_at)
  SELECT gen_random_uuid(), i.brand_id, i.customer_id, i.kind, i.value, 'LINKED', identity_level(i.confirmed_at, i.proven_at),
    CASE WHEN i.proven_at IS NULL THEN 'BRAND' ELSE 'PROOF' END, i.created_at FROM brand_identities i;
  SELECT set_config('app.reach', '', true);

  -- Written where the rows are, so that no way of linking an identity can forget it. app.merge is the
  -- merge that moves it, and when.
  CREATE FUNCTION note_identities() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      reach text := coalesce(current_setting('app.reach', true), '');
      merge text := nullif(split_part(coalesce(current_setting('app.merge', true), ''), ' ', 1), '');
      moved_at text := nullif(substr(coalesce(current_setting('app.merge', true), ''), 38), '');
      undoing boolean;
    BEGIN
      PERFORM set_config('app.reach', 'everything', true);
      undoing := EXISTS (SELECT FROM customer_merges WHERE id = merge::uuid AND undone_at IS NOT NULL);
      IF TG_OP = 'INSERT' THEN
        INSERT INTO identity_history
        SELECT gen_random_uuid(), n.brand_id, n.customer_id, n.kind, n.value, 'LINKED',
          identity_level(n.confirmed_at, n.proven_at),
          CASE WHEN n.proven_at IS NULL THEN 'BRAND' ELSE 'PROOF' END, NULL, n.created_at
        FROM now_is AS n;
      ELSE
        INSERT INTO identity_history
        SELECT gen_random_uuid(), n.brand_id, w.customer_id, n.kind, n.value, w.change,
          identity_level(n.confirmed_at, n.proven_at),
          CASE WHEN merge IS NOT NULL THEN 'MERGE' WHEN n.proven_at IS NULL THEN 'BRAND' ELSE 'PROOF' END,
          merge::uuid, coalesce(moved_at::timestamptz, n.proven_at, n.confirmed_at, n.created_at)
        FROM now_is n
        JOIN was o ON o.brand_id = n.brand_id AND o.kind = n.kind AND o.value = n.value
        CROSS JOIN LATERAL (
          SELECT n.customer_id, 'CONFIRMED' AS change
          WHERE n.customer_id = o.customer_id AND identity_level(n.confirmed_at, n.proven_at)
            <> identity_level(o.confirmed_at, o.proven_at)
          UNION ALL
          SELECT n.customer_id, CASE WHEN merge IS NULL THEN 'LINKED' WHEN undoing THEN 'RETURNED'
            ELSE 'MOVED' END
          WHERE n.customer_id <> o.customer_id
          UNION ALL
          SELECT o.customer_id, 'TAKEN'
          WHERE n.customer_id <> o.customer_id AND (merge IS NULL OR undoing)) AS w;
      END IF;
      PERFORM set_config('app.reach', reach, true);
      RETURN NULL;
    END $$;
  REVOKE ALL ON FUNCTION note_identities() FROM PUBLIC;
  CREATE TRIGGER linked AFTER INSERT ON brand_identities REFERENCING NEW TABLE AS now_is
    FOR EACH STATEMENT EXECUTE FUNCTION note_identities();
  CREATE TRIGGER changed AFTER UPDATE ON brand_identities
    REFERENCING OLD TABLE AS was NEW TABLE AS now_is
    FOR EACH STATEMENT EXECUTE FUNCTION note_identities();
`;

export const dropIdentities = `
  DROP TRIGGER linked ON brand_identities; DROP TRIGGER changed ON brand_identities;
  DROP FUNCTION note_identities(); DROP FUNCTION identity_level(timestamptz, timestamptz);
  DROP TABLE identity_history;
  ALTER TABLE brand_identities DROP COLUMN proven_at;
  SELECT set_config('app.reach', 'everything', true);
  DELETE FROM brand_identities WHERE kind IN ('DEVICE', 'APP');
  SELECT set_config('app.reach', '', true);
  ALTER TABLE brand_identities DROP CONSTRAINT brand_identities_kind_check;
  ALTER TABLE brand_identities ADD CONSTRAINT brand_identities_kind_check
    CHECK (kind IN ('EMAIL', 'PHONE'));`;
