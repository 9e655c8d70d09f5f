
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
accounts.id = 1
) IS NOT FALSE)) OR EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT accounts.parent_id AS pgretain_key_0 UNION SELECT accounts.parent_id AS pgretain_key_0 FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0 AND ((
accounts.id = 1
) IS NOT FALSE))) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
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
accounts.id = 1
) IS NOT FALSE)) AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT accounts.parent_id AS pgretain_key_0 UNION SELECT accounts.parent_id AS pgretain_key_0 FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0 AND ((
accounts.id = 1
) IS NOT FALSE)));
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
  WHEN ((
accounts.id = 1
) IS NOT FALSE) OR EXISTS (WITH RECURSIVE pgretain_above AS (SELECT accounts.parent_id AS pgretain_key_0 UNION SELECT accounts.parent_id AS pgretain_key_0 FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0 AND ((
accounts.id = 1
) IS NOT FALSE)) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (WITH RECURSIVE pgretain_below AS (SELECT accounts.id AS pgretain_key_0 FROM (SELECT accounts.id AS pgretain_key_0) AS pgretain_row, app.accounts AS accounts WHERE accounts.parent_id = pgretain_row.pgretain_key_0 UNION SELECT accounts.id AS pgretain_key_0 FROM pgretain_below, app.accounts AS accounts WHERE accounts.parent_id = pgretain_below.pgretain_key_0) SELECT FROM pgretain_below, app.accounts AS accounts WHERE accounts.id = pgretain_below.pgretain_key_0 AND (((accounts.at > '1970-01-01 00:00:00+00'::timestamptz) AND accounts.at < $2::timestamptz AND ((
accounts.id = 1
) IS FALSE) AND NOT EXISTS (WITH RECURSIVE pgretain_above AS (SELECT accounts.parent_id AS pgretain_key_0 UNION SELECT accounts.parent_id AS pgretain_key_0 FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0 AND ((
accounts.id = 1
) IS NOT FALSE)) AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.account_id = accounts.id AND (((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $2::timestamptz AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
accounts.id = 1
) IS NOT FALSE)) AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT accounts.parent_id AS pgretain_key_0 UNION SELECT accounts.parent_id AS pgretain_key_0 FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0 AND ((
accounts.id = 1
) IS NOT FALSE))))) IS NOT TRUE))) IS NOT TRUE) OR EXISTS (SELECT FROM app.users AS users WHERE users.account_id = accounts.id AND (((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $2::timestamptz AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND ((
accounts.id = 1
) IS NOT FALSE)) AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = users.account_id AND EXISTS (WITH RECURSIVE pgretain_above AS (SELECT accounts.parent_id AS pgretain_key_0 UNION SELECT accounts.parent_id AS pgretain_key_0 FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0 AND ((
accounts.id = 1
) IS NOT FALSE))))) IS NOT TRUE) THEN 10 /* blocked */
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
  AND (accounts.at > '1970-01-01 00:00:00+00'::timestamptz) AND accounts.at < $3::timestamptz AND ((
accounts.id = 1
) IS FALSE) AND NOT EXISTS (WITH RECURSIVE pgretain_above AS (SELECT accounts.parent_id AS pgretain_key_0 UNION SELECT accounts.parent_id AS pgretain_key_0 FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.accounts AS accounts WHERE accounts.id = pgretain_above.pgretain_key_0 AND ((
accounts.id = 1
) IS NOT FALSE)) AND NOT EXISTS (SELECT FROM (SELECT accounts.id AS pgretain_key_0) AS pgretain_row, app.accounts AS accounts WHERE accounts.parent_id = pgretain_row.pgretain_key_0 AND NOT (accounts.id = pgretain_row.pgretain_key_0)) AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.account_id = accounts.id);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
