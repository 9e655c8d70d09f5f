
-- app.notes-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (notes.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)))) OR EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))))) OR EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)))) OR EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE))))) THEN 7 /* held */
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
  AND (notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)))));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.calls-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))) OR EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)))) OR EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE))) OR EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)))) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE))))))) IS NOT TRUE) THEN 10 /* blocked */
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
  AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))) AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE))) AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.users-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((users.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (users.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)) OR EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))) OR EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)) OR EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE))) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (WITH RECURSIVE pgretain_below AS (SELECT users.id AS pgretain_key_0 FROM (SELECT users.id AS pgretain_key_0) AS pgretain_row, app.users AS users WHERE users.parent_id = pgretain_row.pgretain_key_0 UNION SELECT users.id AS pgretain_key_0 FROM pgretain_below, app.users AS users WHERE users.parent_id = pgretain_below.pgretain_key_0) SELECT FROM pgretain_below, app.users AS users WHERE users.id = pgretain_below.pgretain_key_0 AND (((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $2::timestamptz AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)) AND NOT EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))) AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)) AND NOT EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.caller = users.id AND (((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))) AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE))) AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE))))))) IS NOT TRUE))) IS NOT TRUE))) IS NOT TRUE) OR EXISTS (SELECT FROM app.calls AS calls WHERE calls.caller = users.id AND (((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))) AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE))) AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND (((notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)))) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.users AS users WHERE users.id = calls.caller AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE))))))) IS NOT TRUE))) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  users.at AS clock, users.ctid AS place
FROM app.users AS users) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.users-old: purge app.users
PREPARE deed AS
DELETE FROM ONLY app.users AS users
WHERE users.ctid >= $1::tid AND users.ctid < $2::tid
  AND (users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE)) AND NOT EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 18
) IS NOT FALSE))) AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE)) AND NOT EXISTS (WITH RECURSIVE pgretain_above AS (SELECT users.parent_id AS pgretain_key_0 UNION SELECT users.parent_id AS pgretain_key_0 FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.users AS users WHERE users.id = pgretain_above.pgretain_key_0 AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
id = 19
) IS NOT FALSE))) AND NOT EXISTS (SELECT FROM (SELECT users.id AS pgretain_key_0) AS pgretain_row, app.users AS users WHERE users.parent_id = pgretain_row.pgretain_key_0 AND NOT (users.id = pgretain_row.pgretain_key_0)) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.caller = users.id);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.legacy-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((legacy.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (legacy.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((legacy.at > '1970-01-01 00:00:00+00'::timestamptz) AND legacy.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN ((
id = 19
) IS NOT FALSE) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  legacy.at AS clock, legacy.ctid AS place
FROM app.legacy AS legacy) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.legacy-old: purge app.legacy
PREPARE deed AS
DELETE FROM ONLY app.legacy AS legacy
WHERE legacy.ctid >= $1::tid AND legacy.ctid < $2::tid
  AND (legacy.at > '1970-01-01 00:00:00+00'::timestamptz) AND legacy.at < $3::timestamptz AND ((
id = 19
) IS FALSE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.visits-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((visits.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (visits.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((visits.at > '1970-01-01 00:00:00+00'::timestamptz) AND visits.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  visits.at AS clock, visits.ctid AS place
FROM app.visits AS visits) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.visits-old: purge app.visits
PREPARE deed AS
DELETE FROM ONLY app.visits AS visits
WHERE visits.ctid >= $1::tid AND visits.ctid < $2::tid
  AND (visits.at > '1970-01-01 00:00:00+00'::timestamptz) AND visits.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.trees-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((trees.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (trees.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((trees.at > '1970-01-01 00:00:00+00'::timestamptz) AND trees.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  trees.at AS clock, trees.ctid AS place
FROM app.trees AS trees) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.trees-old: purge app.trees
PREPARE deed AS
DELETE FROM ONLY app.trees AS trees
WHERE trees.ctid >= $1::tid AND trees.ctid < $2::tid
  AND (trees.at > '1970-01-01 00:00:00+00'::timestamptz) AND trees.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- other.visits-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((visits.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (visits.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((visits.at > '1970-01-01 00:00:00+00'::timestamptz) AND visits.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  visits.at AS clock, visits.ctid AS place
FROM other.visits AS visits) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- other.visits-old: purge other.visits
PREPARE deed AS
DELETE FROM ONLY other.visits AS visits
WHERE visits.ctid >= $1::tid AND visits.ctid < $2::tid
  AND (visits.at > '1970-01-01 00:00:00+00'::timestamptz) AND visits.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
