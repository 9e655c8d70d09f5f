
-- name: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((log_a.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (log_a.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((log_a.at > '1970-01-01 00:00:00+00'::timestamptz) AND log_a.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  log_a.at AS clock, log_a.ctid AS place
FROM app.log_a AS log_a) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- name: purge app.log_a
PREPARE deed AS
DELETE FROM ONLY app.log_a AS log_a
WHERE log_a.ctid >= $1::tid AND log_a.ctid < $2::tid
  AND (log_a.at > '1970-01-01 00:00:00+00'::timestamptz) AND log_a.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- pattern@app.log_a: refused, rules-overlap

-- pattern@app.log_b: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((log_b.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (log_b.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((log_b.at > '1970-01-01 00:00:00+00'::timestamptz) AND log_b.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  log_b.at AS clock, log_b.ctid AS place
FROM app.log_b AS log_b) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- pattern@app.log_b: purge app.log_b
PREPARE deed AS
DELETE FROM ONLY app.log_b AS log_b
WHERE log_b.ctid >= $1::tid AND log_b.ctid < $2::tid
  AND (log_b.at > '1970-01-01 00:00:00+00'::timestamptz) AND log_b.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- part: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls_1.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls_1.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls_1.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls_1.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls_1.at AS clock, calls_1.ctid AS place
FROM app.calls_1 AS calls_1) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- part: purge app.calls_1
PREPARE deed AS
DELETE FROM ONLY app.calls_1 AS calls_1
WHERE calls_1.ctid >= $1::tid AND calls_1.ctid < $2::tid
  AND (calls_1.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls_1.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- tree: refused, rules-overlap
