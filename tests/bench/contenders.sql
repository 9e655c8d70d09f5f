-- contenders.sql - what people write instead, run inside the server so that no client slows it down
--
-- Each commits after every batch, stops after so many rows or seconds, and says how many rows it
-- changed. Statements are planned anew with their constants, as if a client had sent them.
CREATE SCHEMA bench;

-- One statement, until it finds nothing more.
CREATE PROCEDURE bench.repeat_statement(statement text, most_rows bigint, most_seconds float8,
    INOUT changed bigint) LANGUAGE plpgsql AS $$
DECLARE
    stop_at constant timestamptz := clock_timestamp() + most_seconds * interval '1 second';
    batch bigint;
BEGIN
    changed := 0;
    LOOP
        EXECUTE statement;
        GET DIAGNOSTICS batch = ROW_COUNT;
        COMMIT;
        changed := changed + batch;
        EXIT WHEN batch = 0 OR changed >= most_rows OR clock_timestamp() >= stop_at;
    END LOOP;
END $$;

-- CockroachDB's row-level TTL: keys are selected 500 at a time, with a cursor along the primary
-- key, and deleted by 100, the predicate judged once more.
CREATE PROCEDURE bench.delete_by_key(relation regclass, predicate text, most_rows bigint,
    most_seconds float8, INOUT changed bigint) LANGUAGE plpgsql AS $$
DECLARE
    stop_at constant timestamptz := clock_timestamp() + most_seconds * interval '1 second';
    last_key bigint := 0;
    keys bigint[];
    batch bigint;
BEGIN
    changed := 0;
    LOOP
        EXECUTE format('SELECT array_agg(id ORDER BY id) FROM (SELECT id FROM %s
            WHERE id > %s AND %s ORDER BY id LIMIT 500) found', relation, last_key, predicate)
            INTO keys;
        EXIT WHEN keys IS NULL;
        FOR i IN 1..cardinality(keys) BY 100 LOOP
            EXECUTE format('DELETE FROM %s WHERE id = ANY (%L::bigint[]) AND %s', relation,
                keys[i:i + 99], predicate);
            GET DIAGNOSTICS batch = ROW_COUNT;
            COMMIT;
            changed := changed + batch;
            EXIT WHEN changed >= most_rows OR clock_timestamp() >= stop_at;
        END LOOP;
        EXIT WHEN changed >= most_rows OR clock_timestamp() >= stop_at;
        last_key := keys[cardinality(keys)];
    END LOOP;
END $$;

-- pt-archiver as it comes: one row is selected, deleted by its key and committed, then the next.
CREATE PROCEDURE bench.delete_row_by_row(relation regclass, predicate text, most_rows bigint,
    most_seconds float8, INOUT changed bigint) LANGUAGE plpgsql AS $$
DECLARE
    stop_at constant timestamptz := clock_timestamp() + most_seconds * interval '1 second';
    last_key bigint := 0;
BEGIN
    changed := 0;
    LOOP
        EXECUTE format('SELECT id FROM %s WHERE id > %s AND %s ORDER BY id LIMIT 1', relation,
            last_key, predicate) INTO last_key;
        EXIT WHEN last_key IS NULL;
        EXECUTE format('DELETE FROM %s WHERE id = %s', relation, last_key);
        COMMIT;
        changed := changed + 1;
        EXIT WHEN changed >= most_rows OR clock_timestamp() >= stop_at;
    END LOOP;
END $$;

-- Samples the locks that others have on a table, or wait for, until bench.stopped has a row.
CREATE TABLE bench.stopped ();
CREATE PROCEDURE bench.watch_locks(watched regclass, INOUT samples bigint, INOUT exclusive bigint,
    INOUT modes text) LANGUAGE plpgsql AS $$
DECLARE
    seen text[];
    all_seen text[] := '{}';
BEGIN
    samples := 0;
    exclusive := 0;
    LOOP
        SELECT coalesce(array_agg(DISTINCT mode), '{}') INTO seen FROM pg_locks
        WHERE locktype = 'relation' AND relation = watched AND pid <> pg_backend_pid();
        samples := samples + 1;
        exclusive := exclusive + ('AccessExclusiveLock' = ANY (seen))::integer;
        all_seen := ARRAY(SELECT unnest(all_seen) UNION SELECT unnest(seen) ORDER BY 1);
        EXIT WHEN EXISTS (SELECT FROM bench.stopped);
        COMMIT;
        PERFORM pg_sleep(0.001);
    END LOOP;
    modes := array_to_string(all_seen, ' ');
END $$;
