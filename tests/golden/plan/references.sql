
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

-- app.rates-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((rates.rated_on > '1970-01-01'::date)) IS NOT TRUE THEN 2 /* undated */
  WHEN (rates.rated_on > $1::date) THEN 3 /* future */
  WHEN ((rates.rated_on > '1970-01-01'::date) AND rates.rated_on < $2::date) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  rates.rated_on AS clock, rates.ctid AS place
FROM app.rates AS rates) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30', '2022-06-30');
DEALLOCATE count_rows;

-- app.rates-old: purge app.rates
PREPARE deed AS
DELETE FROM ONLY app.rates AS rates
WHERE rates.ctid >= $1::tid AND rates.ctid < $2::tid
  AND (rates.rated_on > '1970-01-01'::date) AND rates.rated_on < $3::date;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30');
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
  WHEN EXISTS (SELECT FROM app.bills AS bills WHERE bills.call_id = calls.id) OR EXISTS (SELECT FROM app.locks AS locks WHERE locks.call_id = calls.id) OR EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.written_at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.written_at < $2::timestamptz)) IS NOT TRUE) OR EXISTS (SELECT FROM app.rates AS rates WHERE rates.call_id = calls.id AND (((rates.rated_on > '1970-01-01'::date) AND rates.rated_on < $3::date)) IS NOT TRUE) OR EXISTS (SELECT FROM app.tags AS tags WHERE tags.call_id = calls.id AND ((true AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = tags.account_id AND ((
frozen
) IS NOT FALSE)))) IS NOT TRUE) OR EXISTS (SELECT FROM app.mails AS mails WHERE mails.call_id = calls.id AND (EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = mails.account_id AND ((
frozen
) IS NOT FALSE)))) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls.started_at AS clock, calls.ctid AS place
FROM app.calls AS calls) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z', '2022-06-30');
DEALLOCATE count_rows;

-- app.calls-old: purge app.calls
PREPARE deed AS
DELETE FROM ONLY app.calls AS calls
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.bills AS bills WHERE bills.call_id = calls.id) AND NOT EXISTS (SELECT FROM app.locks AS locks WHERE locks.call_id = calls.id) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.written_at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.written_at < $3::timestamptz)) IS NOT TRUE) AND NOT EXISTS (SELECT FROM app.rates AS rates WHERE rates.call_id = calls.id) AND NOT EXISTS (SELECT FROM app.tags AS tags WHERE tags.call_id = calls.id AND ((true AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = tags.account_id AND ((
frozen
) IS NOT FALSE)))) IS NOT TRUE) AND NOT EXISTS (SELECT FROM app.mails AS mails WHERE mails.call_id = calls.id AND (EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = mails.account_id AND ((
frozen
) IS NOT FALSE))));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
