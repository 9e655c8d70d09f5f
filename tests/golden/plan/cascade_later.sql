
-- app.notes-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (notes.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  notes.at AS clock, notes.ctid AS place
FROM app.notes AS notes) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.notes-old: purge app.notes
PREPARE deed AS
DELETE FROM ONLY app.notes AS notes
WHERE notes.ctid >= $1::tid AND notes.ctid < $2::tid
  AND (notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.accounts-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((accounts.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (accounts.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((accounts.at > '1970-01-01 00:00:00+00'::timestamptz) AND accounts.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.calls AS calls WHERE calls.account_id = accounts.id AND ((true AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz)) IS NOT TRUE))) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  accounts.at AS clock, accounts.ctid AS place
FROM app.accounts AS accounts) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.accounts-old: purge app.accounts
PREPARE deed AS
DELETE FROM ONLY app.accounts AS accounts
WHERE accounts.ctid >= $1::tid AND accounts.ctid < $2::tid
  AND (accounts.at > '1970-01-01 00:00:00+00'::timestamptz) AND accounts.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.account_id = accounts.id AND ((true AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $3::timestamptz)) IS NOT TRUE))) IS NOT TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
