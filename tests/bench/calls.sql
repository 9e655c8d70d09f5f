-- calls.sql - the table of the purge cases: two years of calls, three indexes
--
-- psql variables: rows; shuffled, whether a row's place in the heap says nothing of its clock.
-- The clocks run from 2022-01-01 up to, not including, 2024-01-01. One account is under a hold,
-- one row of 500 is an exception.
SELECT setseed(0.25) AS seeded \gset
CREATE TABLE bench.calls AS
SELECT g AS id, (1 + g % 5000)::integer AS account_id,
    timestamptz '2022-01-01 00:00:00+00' + interval '730 days'
        * (CASE WHEN :'shuffled'::boolean THEN random() ELSE (g - 1) / :rows::float8 END)
        AS started_at,
    g % 500 = 0 AS restricted, '+33 6 12 34 ' || g AS callee, repeat('n', 60) AS note
FROM generate_series(1, :rows::bigint) g;
ALTER TABLE bench.calls ADD PRIMARY KEY (id);
CREATE INDEX ON bench.calls (account_id);
CREATE INDEX ON bench.calls (started_at);
