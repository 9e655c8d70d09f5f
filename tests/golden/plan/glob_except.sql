
-- logs@app.log_a: count
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

-- logs@app.log_a: purge app.log_a
PREPARE deed AS
DELETE FROM ONLY app.log_a AS log_a
WHERE log_a.ctid >= $1::tid AND log_a.ctid < $2::tid
  AND (log_a.at > '1970-01-01 00:00:00+00'::timestamptz) AND log_a.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- logs@app.log_tree: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((log_tree.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (log_tree.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((log_tree.at > '1970-01-01 00:00:00+00'::timestamptz) AND log_tree.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  log_tree.at AS clock, log_tree.ctid AS place
FROM app.log_tree AS log_tree) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- logs@app.log_tree: purge app.log_tree_1
PREPARE deed AS
DELETE FROM ONLY app.log_tree_1 AS log_tree
WHERE log_tree.ctid >= $1::tid AND log_tree.ctid < $2::tid
  AND (log_tree.at > '1970-01-01 00:00:00+00'::timestamptz) AND log_tree.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.log_legal-brief: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((log_legal.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (log_legal.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((log_legal.at > '1970-01-01 00:00:00+00'::timestamptz) AND log_legal.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  log_legal.at AS clock, log_legal.ctid AS place
FROM app.log_legal AS log_legal) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-04-01T12:00:00Z');
DEALLOCATE count_rows;

-- app.log_legal-brief: purge app.log_legal_1
PREPARE deed AS
DELETE FROM ONLY app.log_legal_1 AS log_legal
WHERE log_legal.ctid >= $1::tid AND log_legal.ctid < $2::tid
  AND (log_legal.at > '1970-01-01 00:00:00+00'::timestamptz) AND log_legal.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2024-04-01T12:00:00Z');
DEALLOCATE deed;
