-- What statistics and rows must be, worked out row by row and run by run.
--
-- Each case makes app.rows and a view oracle.facts (id, local_at, key_1, key_2, amount, price,
-- weight, keeps), which says of each row when it was by the policy's calendar, or NULL, and whether
-- anything but its age keeps it. oracle.run() then deletes and counts what a run at that instant
-- must, in tables of its own.
SET client_min_messages = warning;
SET check_function_bodies = off;
DROP SCHEMA IF EXISTS app CASCADE;
DROP SCHEMA IF EXISTS oracle CASCADE;
CREATE SCHEMA app;
CREATE SCHEMA oracle;

CREATE TABLE oracle.statistics (period date, key_1 text, key_2 text, n bigint, amount numeric,
    price numeric, weight numeric, low integer, high integer);
CREATE TABLE oracle.gone (id bigint);
CREATE TABLE oracle.sizes (period date, key_1 text, key_2 text, n bigint); -- of rows when new

CREATE FUNCTION oracle.is_due(local_at timestamp, as_of timestamptz, zone text, keep interval,
                              unit text) RETURNS boolean LANGUAGE sql AS $$
    SELECT local_at > '1970-01-01'
       AND date_trunc(unit, local_at) + ('1 ' || replace(unit, 'quarter', 'year'))::interval
           / CASE unit WHEN 'quarter' THEN 4 ELSE 1 END <= (as_of AT TIME ZONE zone) - keep
$$;

-- One group into the statistics, each measure by itself.
CREATE FUNCTION oracle.add(p date, k1 text, k2 text, g oracle.statistics) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM oracle.statistics s WHERE s.period = p
                   AND s.key_1 IS NOT DISTINCT FROM k1 AND s.key_2 IS NOT DISTINCT FROM k2) THEN
        INSERT INTO oracle.statistics VALUES (p, k1, k2, 0, 0, 0, 0, NULL, NULL);
        INSERT INTO oracle.sizes VALUES (p, k1, k2, g.n);
    END IF;
    UPDATE oracle.statistics s
       SET n = s.n + g.n, amount = s.amount + coalesce(g.amount, 0),
           price = s.price + coalesce(g.price, 0), weight = s.weight + coalesce(g.weight, 0),
           low = CASE WHEN s.low < g.low OR g.low IS NULL THEN s.low ELSE g.low END,
           high = CASE WHEN s.high > g.high OR g.high IS NULL THEN s.high ELSE g.high END
     WHERE s.period = p AND s.key_1 IS NOT DISTINCT FROM k1 AND s.key_2 IS NOT DISTINCT FROM k2;
END
$$;

CREATE FUNCTION oracle.run(as_of timestamptz, zone text, keep interval, unit text, minimum int)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    g oracle.statistics;
    due bigint;
    small oracle.statistics[];
BEGIN
    CREATE TEMP TABLE going ON COMMIT DROP AS
        SELECT f.*, date_trunc(unit, local_at)::date AS period FROM oracle.facts f
         WHERE NOT keeps AND oracle.is_due(local_at, as_of, zone, keep, unit)
           AND id NOT IN (SELECT id FROM oracle.gone);
    FOR g IN SELECT period, key_1, key_2, count(*), sum(amount), sum(price), sum(weight::numeric),
                    min(amount), max(amount)
               FROM going GROUP BY period, key_1, key_2 LOOP
        IF g.n >= minimum OR EXISTS (SELECT FROM oracle.statistics s WHERE s.period = g.period
                AND s.key_1 IS NOT DISTINCT FROM g.key_1
                AND s.key_2 IS NOT DISTINCT FROM g.key_2) THEN
            PERFORM oracle.add(g.period, g.key_1, g.key_2, g);
        ELSE
            small := small || g;
        END IF;
    END LOOP;
    FOREACH g IN ARRAY coalesce(small, '{}') LOOP
        PERFORM oracle.add(g.period, 'other', NULL, g);
    END LOOP;
    INSERT INTO oracle.gone SELECT id FROM going;
    GET DIAGNOSTICS due = ROW_COUNT;
    RETURN due;
END
$$;

-- What differs between the oracle's statistics and app.statistics.
CREATE FUNCTION oracle.differences() RETURNS TABLE (what text, line text) LANGUAGE sql AS $$
    WITH theirs AS (SELECT period::date, key_1, key_2::text, n, amount, price, weight, low, high
                      FROM app.statistics),
         missing AS (SELECT * FROM oracle.statistics EXCEPT ALL SELECT * FROM theirs),
         extra AS (SELECT * FROM theirs EXCEPT ALL SELECT * FROM oracle.statistics)
    SELECT 'missing', missing::text FROM missing UNION ALL SELECT 'extra', extra::text FROM extra
    UNION ALL
    SELECT 'row that must be gone', r.id::text FROM app.rows r JOIN oracle.gone USING (id)
    UNION ALL
    SELECT 'row that must be there', f.id::text FROM oracle.everything f
     WHERE id NOT IN (SELECT id FROM oracle.gone) AND id NOT IN (SELECT id FROM app.rows)
$$;
