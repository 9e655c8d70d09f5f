
-- app.notes-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND calls.day = notes.call_day AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND false)) THEN 1 /* active */
  WHEN (EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND calls.day = notes.call_day AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND (accounts.closed_at > '1970-01-01 00:00:00+00'::timestamptz OR accounts.seen_on > '1970-01-01'::date)))) IS NOT TRUE THEN 2 /* undated */
  WHEN EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND calls.day = notes.call_day AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND (accounts.closed_at > $1::timestamptz OR accounts.seen_on > $2::date))) THEN 3 /* future */
  WHEN (EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND calls.day = notes.call_day AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND (accounts.closed_at > '1970-01-01 00:00:00+00'::timestamptz OR accounts.seen_on > '1970-01-01'::date) AND (accounts.closed_at < $3::timestamptz OR accounts.closed_at IS NULL) AND (accounts.seen_on < $4::date OR accounts.seen_on IS NULL)))) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (SELECT (SELECT greatest(accounts.closed_at::date, accounts.seen_on::date) FROM app.accounts AS accounts WHERE accounts.id = calls.account_id LIMIT 1) FROM app.calls AS calls WHERE calls.id = notes.call_id AND calls.day = notes.call_day LIMIT 1) AS clock, notes.ctid AS place
FROM app.notes AS notes) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-06-30', '2022-06-30T12:00:00Z', '2022-06-30');
DEALLOCATE count_rows;

-- app.notes-old: purge app.notes
PREPARE deed AS
DELETE FROM ONLY app.notes AS notes
WHERE notes.ctid >= $1::tid AND notes.ctid < $2::tid
  AND EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND calls.day = notes.call_day AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND (accounts.closed_at > '1970-01-01 00:00:00+00'::timestamptz OR accounts.seen_on > '1970-01-01'::date) AND (accounts.closed_at < $3::timestamptz OR accounts.closed_at IS NULL) AND (accounts.seen_on < $4::date OR accounts.seen_on IS NULL)));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z', '2022-06-30');
DEALLOCATE deed;

-- app.loose-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = loose.which AND calls.day = loose."Day" AND false) THEN 1 /* active */
  WHEN (EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = loose.which AND calls.day = loose."Day" AND (calls.made_at > '1970-01-01 00:00:00'::timestamp))) IS NOT TRUE THEN 2 /* undated */
  WHEN EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = loose.which AND calls.day = loose."Day" AND (calls.made_at > $1::timestamp)) THEN 3 /* future */
  WHEN (EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = loose.which AND calls.day = loose."Day" AND (calls.made_at > '1970-01-01 00:00:00'::timestamp) AND calls.made_at < $2::timestamp)) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (SELECT (calls.made_at::date) FROM app.calls AS calls WHERE calls.id = loose.which AND calls.day = loose."Day" LIMIT 1) AS clock, loose.ctid AS place
FROM app.loose AS loose) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30 12:00:00', '2022-06-30 12:00:00');
DEALLOCATE count_rows;

-- app.loose-old: purge app.loose
PREPARE deed AS
DELETE FROM ONLY app.loose AS loose
WHERE loose.ctid >= $1::tid AND loose.ctid < $2::tid
  AND EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = loose.which AND calls.day = loose."Day" AND (calls.made_at > '1970-01-01 00:00:00'::timestamp) AND calls.made_at < $3::timestamp);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30 12:00:00');
DEALLOCATE deed;

-- app.calls-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND (accounts.closed_at IS NULL)) THEN 1 /* active */
  WHEN (EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND (accounts.closed_at > '1970-01-01 00:00:00+00'::timestamptz))) IS NOT TRUE THEN 2 /* undated */
  WHEN EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND (accounts.closed_at > $1::timestamptz)) THEN 3 /* future */
  WHEN (EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND (accounts.closed_at > '1970-01-01 00:00:00+00'::timestamptz) AND accounts.closed_at < $2::timestamptz)) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND notes.call_day = calls.day AND ((EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND calls.day = notes.call_day AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND (accounts.closed_at > '1970-01-01 00:00:00+00'::timestamptz OR accounts.seen_on > '1970-01-01'::date) AND (accounts.closed_at < $2::timestamptz OR accounts.closed_at IS NULL) AND (accounts.seen_on < $3::date OR accounts.seen_on IS NULL))))) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (SELECT (accounts.closed_at::date) FROM app.accounts AS accounts WHERE accounts.id = calls.account_id LIMIT 1) AS clock, calls.ctid AS place
FROM app.calls AS calls) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z', '2022-06-30');
DEALLOCATE count_rows;

-- app.calls-old: purge app.calls
PREPARE deed AS
DELETE FROM ONLY app.calls AS calls
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND (accounts.closed_at > '1970-01-01 00:00:00+00'::timestamptz) AND accounts.closed_at < $3::timestamptz) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND notes.call_day = calls.day);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
