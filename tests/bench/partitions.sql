-- partitions.sql - a table in monthly partitions, made by pg_partman: 36 of them expired after a
-- window of 12 months, then the one that the cutoff lies in, 12 younger ones and two to come
--
-- The partition of the cutoff has rows in its last minute only: none is due, so that who drops
-- partitions and who deletes rows have the same to do. No default partition: DETACH CONCURRENTLY
-- is impossible beside one.
CREATE SCHEMA partman;
CREATE EXTENSION pg_partman SCHEMA partman;
CREATE TABLE bench.calls (
    id bigint NOT NULL, account_id integer NOT NULL, started_at timestamptz NOT NULL, callee text,
    note text, PRIMARY KEY (id, started_at)
) PARTITION BY RANGE (started_at);
CREATE INDEX ON bench.calls (account_id);
CREATE INDEX ON bench.calls (started_at);
SELECT partman.create_parent('bench.calls', 'started_at', 'native', 'monthly', p_premake := 2,
    p_start_partition := (now() - interval '48 months')::text) AS created \gset
DROP TABLE bench.calls_default;
UPDATE partman.part_config SET retention = '12 months', retention_keep_table = false;
INSERT INTO bench.calls
SELECT month * (:rows::bigint / 48) + g, (1 + g % 5000)::integer,
    CASE WHEN month = 36 THEN began + interval '1 month' - g % 60 * interval '1 second'
            - interval '1 second'
        ELSE began + g % 2400000 * interval '1 second' END,
    '+33 6 12 34 ' || g, repeat('n', 60)
FROM generate_series(0, 47) month,
    LATERAL (SELECT date_trunc('month', now()) + (month - 48) * interval '1 month') m(began),
    generate_series(1, :rows::bigint / 48) g;
