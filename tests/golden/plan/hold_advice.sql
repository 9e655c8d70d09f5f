
-- app.calls-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls.at AS clock, calls.ctid AS place
FROM app.calls AS calls) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.calls-old: purge app.calls
PREPARE deed AS
DELETE FROM ONLY app.calls AS calls
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.texts-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((texts.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (texts.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN ((
true
) IS NOT FALSE) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  texts.at AS clock, texts.ctid AS place
FROM app.texts AS texts) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.texts-old: purge app.texts
PREPARE deed AS
DELETE FROM ONLY app.texts AS texts
WHERE texts.ctid >= $1::tid AND texts.ctid < $2::tid
  AND (texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $3::timestamptz AND ((
true
) IS FALSE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.parts_1-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((parts_1.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (parts_1.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((parts_1.at > '1970-01-01 00:00:00+00'::timestamptz) AND parts_1.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN ((
parts_1.id = 1
) IS NOT FALSE) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  parts_1.at AS clock, parts_1.ctid AS place
FROM app.parts_1 AS parts_1) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.parts_1-old: purge app.parts_1
PREPARE deed AS
DELETE FROM ONLY app.parts_1 AS parts_1
WHERE parts_1.ctid >= $1::tid AND parts_1.ctid < $2::tid
  AND (parts_1.at > '1970-01-01 00:00:00+00'::timestamptz) AND parts_1.at < $3::timestamptz AND ((
parts_1.id = 1
) IS FALSE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.trees_1-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((trees_1.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (trees_1.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((trees_1.at > '1970-01-01 00:00:00+00'::timestamptz) AND trees_1.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN ((
true
) IS NOT FALSE) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  trees_1.at AS clock, trees_1.ctid AS place
FROM app.trees_1 AS trees_1) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.trees_1-old: purge app.trees_1
PREPARE deed AS
DELETE FROM ONLY app.trees_1 AS trees_1
WHERE trees_1.ctid >= $1::tid AND trees_1.ctid < $2::tid
  AND (trees_1.at > '1970-01-01 00:00:00+00'::timestamptz) AND trees_1.at < $3::timestamptz AND ((
true
) IS FALSE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
