
-- counted: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, NULL, NULL FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((counted.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (counted.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((counted.at > '1970-01-01 00:00:00+00'::timestamptz) AND counted.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  counted.at AS clock
FROM app.counted AS counted) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-01-01T00:00:00Z');
DEALLOCATE count_rows;

-- counted: summarise app.counted
-- the last whole year; the others differ in its two ends only
PREPARE deed AS
WITH gone AS (
  DELETE FROM ONLY app.counted AS counted
  WHERE (counted.at >= $1::timestamptz) AND counted.at < $2::timestamptz
    AND (counted.at > '1970-01-01 00:00:00+00'::timestamptz) AND counted.at < $2::timestamptz
  RETURNING counted.kind::text COLLATE "C" AS by_1
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
EXECUTE deed('2022-01-01T00:00:00Z', '2023-01-01T00:00:00Z', '10', '2022-01-01');
DEALLOCATE deed;

-- mixed-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((mixed.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (mixed.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((mixed.at > '1970-01-01 00:00:00+00'::timestamptz) AND mixed.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN ((
kind is null
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kind is null
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  mixed.at AS clock, mixed.ctid AS place
FROM app.mixed AS mixed) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- mixed-old: purge app.mixed
PREPARE deed AS
DELETE FROM ONLY app.mixed AS mixed
WHERE mixed.ctid >= $1::tid AND mixed.ctid < $2::tid
  AND (mixed.at > '1970-01-01 00:00:00+00'::timestamptz) AND mixed.at < $3::timestamptz AND ((
kind is null
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2023-06-30T12:00:00Z');
DEALLOCATE deed;

-- mixed: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, NULL, NULL FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((mixed.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (mixed.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((mixed.at > '1970-01-01 00:00:00+00'::timestamptz) AND mixed.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN (mixed.at > '1970-01-01 00:00:00+00'::timestamptz) AND mixed.at < $3::timestamptz AND ((
kind is null
) IS TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  mixed.at AS clock
FROM app.mixed AS mixed) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-01-01T00:00:00Z', '2023-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- mixed: summarise app.mixed
-- the last whole year; the others differ in its two ends only
PREPARE deed AS
WITH gone AS (
  DELETE FROM ONLY app.mixed AS mixed
  WHERE (mixed.at >= $1::timestamptz) AND mixed.at < $2::timestamptz
    AND (mixed.at > '1970-01-01 00:00:00+00'::timestamptz) AND mixed.at < $2::timestamptz
  RETURNING mixed.kind::text COLLATE "C" AS by_1
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
EXECUTE deed('2022-01-01T00:00:00Z', '2023-01-01T00:00:00Z', '10', '2022-01-01');
DEALLOCATE deed;

-- named: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, NULL, NULL FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((named.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (named.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((named.at > '1970-01-01 00:00:00+00'::timestamptz) AND named.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  named.at AS clock
FROM app.named AS named) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-01-01T00:00:00Z');
DEALLOCATE count_rows;

-- named: summarise app.named
-- the last whole year; the others differ in its two ends only
PREPARE deed AS
WITH gone AS (
  DELETE FROM ONLY app.named AS named
  WHERE (named.at >= $1::timestamptz) AND named.at < $2::timestamptz
    AND (named.at > '1970-01-01 00:00:00+00'::timestamptz) AND named.at < $2::timestamptz
  RETURNING named.kind::text COLLATE "C" AS by_1
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
EXECUTE deed('2022-01-01T00:00:00Z', '2023-01-01T00:00:00Z', '10', '2022-01-01');
DEALLOCATE deed;

-- parents: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((parents.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (parents.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((parents.at > '1970-01-01 00:00:00+00'::timestamptz) AND parents.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.counted AS counted WHERE counted.parent = parents.id AND (((counted.at > '1970-01-01 00:00:00+00'::timestamptz) AND counted.at < $3::timestamptz)) IS NOT TRUE) OR EXISTS (SELECT FROM app.mixed AS mixed WHERE mixed.parent = parents.id AND (((mixed.at > '1970-01-01 00:00:00+00'::timestamptz) AND mixed.at < $2::timestamptz AND ((
kind is null
) IS TRUE)) OR ((mixed.at > '1970-01-01 00:00:00+00'::timestamptz) AND mixed.at < $3::timestamptz)) IS NOT TRUE) OR EXISTS (SELECT FROM app.named AS named WHERE named.parent = parents.id AND (((named.at > '1970-01-01 00:00:00+00'::timestamptz) AND named.at < $3::timestamptz) OR (true)) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  parents.at AS clock, parents.ctid AS place
FROM app.parents AS parents) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-06-30T12:00:00Z', '2023-01-01T00:00:00Z');
DEALLOCATE count_rows;

-- parents: purge app.parents
PREPARE deed AS
DELETE FROM ONLY app.parents AS parents
WHERE parents.ctid >= $1::tid AND parents.ctid < $2::tid
  AND (parents.at > '1970-01-01 00:00:00+00'::timestamptz) AND parents.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.counted AS counted WHERE counted.parent = parents.id) AND NOT EXISTS (SELECT FROM app.mixed AS mixed WHERE mixed.parent = parents.id AND (((mixed.at > '1970-01-01 00:00:00+00'::timestamptz) AND mixed.at < $3::timestamptz AND ((
kind is null
) IS TRUE))) IS NOT TRUE) AND NOT EXISTS (SELECT FROM app.named AS named WHERE named.parent = parents.id AND ((true)) IS NOT TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2023-06-30T12:00:00Z');
DEALLOCATE deed;
