
-- app.notes-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((notes.written_at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (notes.written_at > $1::timestamptz) THEN 3 /* future */
  WHEN ((notes.written_at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.written_at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  notes.written_at AS clock, notes.ctid AS place
FROM app.notes AS notes) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.notes-old: purge app.notes
PREPARE deed AS
DELETE FROM ONLY app.notes AS notes
WHERE notes.ctid >= $1::tid AND notes.ctid < $2::tid
  AND (notes.written_at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.written_at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.calls-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls.started_at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls.started_at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.written_at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.written_at < $2::timestamptz)) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls.started_at AS clock, calls.ctid AS place
FROM app.calls AS calls) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.calls-old: purge app.calls
PREPARE deed AS
DELETE FROM ONLY app.calls AS calls
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- brief: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls.started_at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls.started_at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN (calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.written_at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.written_at < $3::timestamptz)) IS NOT TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN ((
missed
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
missed
) IS TRUE)) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.written_at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.written_at < $3::timestamptz)) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls.started_at AS clock, calls.ctid AS place
FROM app.calls AS calls) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-04-01T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- brief: purge app.calls
PREPARE deed AS
DELETE FROM ONLY app.calls AS calls
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $3::timestamptz AND ((
missed
) IS TRUE) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id);
EXECUTE deed('(0,0)', '(4294967295,0)', '2024-04-01T12:00:00Z');
DEALLOCATE deed;

-- app.accounts-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((accounts.closed_at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (accounts.closed_at > $1::timestamptz) THEN 3 /* future */
  WHEN ((accounts.closed_at > '1970-01-01 00:00:00+00'::timestamptz) AND accounts.closed_at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.calls AS calls WHERE calls.account_id = accounts.id AND (((calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $2::timestamptz AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.written_at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.written_at < $2::timestamptz)) IS NOT TRUE)) OR ((calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $3::timestamptz AND ((
missed
) IS TRUE) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.written_at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.written_at < $2::timestamptz)) IS NOT TRUE))) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  accounts.closed_at AS clock, accounts.ctid AS place
FROM app.accounts AS accounts) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z', '2024-04-01T12:00:00Z');
DEALLOCATE count_rows;

-- app.accounts-old: purge app.accounts
PREPARE deed AS
DELETE FROM ONLY app.accounts AS accounts
WHERE accounts.ctid >= $1::tid AND accounts.ctid < $2::tid
  AND (accounts.closed_at > '1970-01-01 00:00:00+00'::timestamptz) AND accounts.closed_at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.account_id = accounts.id);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
