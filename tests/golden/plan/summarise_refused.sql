
-- table-missing: refused, table-missing

-- itself: refused, summarise-into

-- view: refused, summarise-into

-- tree: refused, summarise-into

-- part: refused, summarise-into

-- unlogged: refused, summarise-into

-- foreign: refused, summarise-into

-- columns: refused, column-missing

-- no-access: refused, privilege

-- no-insert: refused, privilege

-- people: refused, summarise-subject

-- types: refused, summarise-type

-- nulls: refused, summarise-not-null

-- other: refused, summarise-other

-- unfilled: refused, summarise-not-null

-- linked: refused, cascade-unnamed

-- chain: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((chain_link.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (chain_link.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((chain_link.at > '1970-01-01 00:00:00+00'::timestamptz) AND chain_link.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.chain_statistics AS chain_statistics WHERE chain_statistics.link = chain_link.id AND ((true)) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  chain_link.at AS clock, chain_link.ctid AS place
FROM app.chain_link AS chain_link) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- chain: purge app.chain_link
PREPARE deed AS
DELETE FROM ONLY app.chain_link AS chain_link
WHERE chain_link.ctid >= $1::tid AND chain_link.ctid < $2::tid
  AND (chain_link.at > '1970-01-01 00:00:00+00'::timestamptz) AND chain_link.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.chain_statistics AS chain_statistics WHERE chain_statistics.link = chain_link.id AND ((true)) IS NOT TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2023-06-30T12:00:00Z');
DEALLOCATE deed;

-- cascaded: refused, summarise-into

-- self: refused, summarise-reference

-- self-set: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, NULL, NULL FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((self_set.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (self_set.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((self_set.at > '1970-01-01 00:00:00+00'::timestamptz) AND self_set.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  self_set.at AS clock
FROM app.self_set AS self_set) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-06-01T00:00:00Z');
DEALLOCATE count_rows;

-- self-set: summarise app.self_set
-- the last whole month; the others differ in its two ends only
PREPARE deed AS
WITH gone AS (
  DELETE FROM ONLY app.self_set AS self_set
  WHERE (self_set.at >= $1::timestamptz) AND self_set.at < $2::timestamptz
    AND (self_set.at > '1970-01-01 00:00:00+00'::timestamptz) AND self_set.at < $2::timestamptz
  RETURNING self_set.kind::text COLLATE "C" AS by_1
), groups AS (
  SELECT by_1, count(*) AS size, count(*) AS measure_1
  FROM gone GROUP BY by_1
), judged AS (
  SELECT groups.*, size >= $3::bigint OR EXISTS (SELECT FROM app.statistics AS kept
    WHERE kept.period = $4::date AND kept.kind::text COLLATE "C" IS NOT DISTINCT FROM groups.by_1) AS stands
  FROM groups
), placed AS (
  SELECT CASE WHEN stands THEN by_1 ELSE 'other' END AS by_1, sum(measure_1) AS measure_1
  FROM judged GROUP BY 1
), found AS (
  SELECT placed.*, (SELECT kept.ctid FROM app.statistics AS kept
    WHERE kept.period = $4::date AND kept.kind::text COLLATE "C" IS NOT DISTINCT FROM placed.by_1
    LIMIT 1) AS place
  FROM placed
), added AS (
  UPDATE ONLY app.statistics AS kept SET n = coalesce(kept.n, '0') + found.measure_1
  FROM found WHERE kept.ctid = found.place
  RETURNING 1
), made AS (
  INSERT INTO app.statistics (period, kind, n)
  SELECT $4::date, by_1, measure_1
  FROM found WHERE place IS NULL
  RETURNING 1
)
SELECT (SELECT count(*) FROM gone),
  (SELECT count(*) FROM found) = (SELECT count(*) FROM added) + (SELECT count(*) FROM made);
EXECUTE deed('2023-05-01T00:00:00Z', '2023-06-01T00:00:00Z', '4', '2023-05-01');
DEALLOCATE deed;

-- single: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, NULL, NULL FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN ((
false
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
false
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls.at AS clock
FROM app.calls AS calls) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-06-01T00:00:00Z');
DEALLOCATE count_rows;

-- single: summarise app.calls
-- the last whole month; the others differ in its two ends only
PREPARE deed AS
WITH gone AS (
  DELETE FROM ONLY app.calls AS calls
  WHERE (calls.at >= $1::timestamptz) AND calls.at < $2::timestamptz
    AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz AND ((
false
) IS TRUE)
  RETURNING calls.kind::text COLLATE "C" AS by_1
), groups AS (
  SELECT by_1, count(*) AS size, count(*) AS measure_1
  FROM gone GROUP BY by_1
), judged AS (
  SELECT groups.*, size >= $3::bigint OR EXISTS (SELECT FROM app.statistics AS kept
    WHERE kept.period = $4::date AND kept.kind::text COLLATE "C" IS NOT DISTINCT FROM groups.by_1) AS stands
  FROM groups
), placed AS (
  SELECT CASE WHEN stands THEN by_1 ELSE 'other' END AS by_1, sum(measure_1) AS measure_1
  FROM judged GROUP BY 1
), found AS (
  SELECT placed.*, (SELECT kept.ctid FROM app.statistics AS kept
    WHERE kept.period = $4::date AND kept.kind::text COLLATE "C" IS NOT DISTINCT FROM placed.by_1
    LIMIT 1) AS place
  FROM placed
), added AS (
  UPDATE ONLY app.statistics AS kept SET n = coalesce(kept.n, '0') + found.measure_1
  FROM found WHERE kept.ctid = found.place
  RETURNING 1
), made AS (
  INSERT INTO app.statistics (period, kind, n)
  SELECT $4::date, by_1, measure_1
  FROM found WHERE place IS NULL
  RETURNING 1
)
SELECT (SELECT count(*) FROM gone),
  (SELECT count(*) FROM found) = (SELECT count(*) FROM added) + (SELECT count(*) FROM made);
EXECUTE deed('2023-05-01T00:00:00Z', '2023-06-01T00:00:00Z', '1', '2023-05-01');
DEALLOCATE deed;
