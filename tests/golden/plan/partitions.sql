
-- app.calls-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN ((
calls.kind = 'a'
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
calls.kind = 'a'
) IS TRUE)) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND notes.call_at = calls.at AND ((true)) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls.at AS clock, calls.tableoid AS leaf, calls.ctid AS place
FROM app.calls AS calls) AS classified
GROUP BY class, leaf;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.calls-old: purge app.calls_2021
PREPARE deed AS
DELETE FROM ONLY app.calls_2021 AS calls
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz AND ((
calls.kind = 'a'
) IS TRUE) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND notes.call_at = calls.at AND ((true)) IS NOT TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.calls-old: purge app.calls_2022
PREPARE deed AS
DELETE FROM ONLY app.calls_2022 AS calls
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz AND ((
calls.kind = 'a'
) IS TRUE) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND notes.call_at = calls.at AND ((true)) IS NOT TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.calls-old: purge app.calls_new
PREPARE deed AS
DELETE FROM ONLY app.calls_new AS calls
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz AND ((
calls.kind = 'a'
) IS TRUE) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND notes.call_at = calls.at AND ((true)) IS NOT TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.calls-brief: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((calls.peer IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz AND ((
calls.kind = 'a'
) IS TRUE) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND notes.call_at = calls.at AND ((true)) IS NOT TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls.at AS clock, calls.tableoid AS leaf, calls.ctid AS place
FROM app.calls AS calls) AS classified
GROUP BY class, leaf;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-04-01T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.calls-brief: anonymise app.calls_2021
PREPARE deed AS
UPDATE ONLY app.calls_2021 AS calls SET peer = CASE WHEN (calls.peer IS DISTINCT FROM NULL) THEN (NULL)::text ELSE calls.peer END
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz AND ((calls.peer IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2024-04-01T12:00:00Z');
DEALLOCATE deed;

-- app.calls-brief: anonymise app.calls_2022
PREPARE deed AS
UPDATE ONLY app.calls_2022 AS calls SET peer = CASE WHEN (calls.peer IS DISTINCT FROM NULL) THEN (NULL)::text ELSE calls.peer END
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz AND ((calls.peer IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2024-04-01T12:00:00Z');
DEALLOCATE deed;

-- app.calls-brief: anonymise app.calls_new
PREPARE deed AS
UPDATE ONLY app.calls_new AS calls SET peer = CASE WHEN (calls.peer IS DISTINCT FROM NULL) THEN (NULL)::text ELSE calls.peer END
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz AND ((calls.peer IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2024-04-01T12:00:00Z');
DEALLOCATE deed;
