
-- app.users-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((users.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (users.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((SELECT 1, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = users.account_id UNION ALL SELECT 2, users.tableoid, users.ctid, false FROM (SELECT users.twin_id AS pgretain_key_0) AS pgretain_row, crm.users AS users WHERE users.id = pgretain_row.pgretain_key_0 LIMIT 2) UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (SELECT pgretain_up.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id UNION ALL SELECT 2, users.tableoid, users.ctid, false FROM crm.users AS users WHERE users.id = pgretain_row.twin_id) AS pgretain_up WHERE pgretain_above.tree = 3 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM app.accounts AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 3, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = pgretain_row.owner_id) AS pgretain_up WHERE pgretain_above.tree = 1 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM crm.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id) AS pgretain_up WHERE pgretain_above.tree = 2 LIMIT 2) AS pgretain_next) SELECT FROM pgretain_above WHERE held) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.owner_id = users.id AND (((
id = 17
) IS NOT FALSE) OR EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((SELECT 1, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = accounts.owner_id LIMIT 1) UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (SELECT pgretain_up.* FROM (SELECT * FROM app.accounts AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = pgretain_row.owner_id) AS pgretain_up WHERE pgretain_above.tree = 2 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id UNION ALL SELECT 3, users.tableoid, users.ctid, false FROM crm.users AS users WHERE users.id = pgretain_row.twin_id) AS pgretain_up WHERE pgretain_above.tree = 1 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM crm.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id) AS pgretain_up WHERE pgretain_above.tree = 3 LIMIT 2) AS pgretain_next) SELECT FROM pgretain_above WHERE held))) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  users.at AS clock, users.tableoid AS leaf, users.ctid AS place
FROM app.users AS users) AS classified
GROUP BY class, leaf;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.users-old: purge app.users_0
PREPARE deed AS
DELETE FROM ONLY app.users_0 AS users
WHERE users.ctid >= $1::tid AND users.ctid < $2::tid
  AND (users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $3::timestamptz AND NOT EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((SELECT 1, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = users.account_id UNION ALL SELECT 2, users.tableoid, users.ctid, false FROM (SELECT users.twin_id AS pgretain_key_0) AS pgretain_row, crm.users AS users WHERE users.id = pgretain_row.pgretain_key_0 LIMIT 2) UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (SELECT pgretain_up.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id UNION ALL SELECT 2, users.tableoid, users.ctid, false FROM crm.users AS users WHERE users.id = pgretain_row.twin_id) AS pgretain_up WHERE pgretain_above.tree = 3 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM app.accounts AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 3, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = pgretain_row.owner_id) AS pgretain_up WHERE pgretain_above.tree = 1 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM crm.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id) AS pgretain_up WHERE pgretain_above.tree = 2 LIMIT 2) AS pgretain_next) SELECT FROM pgretain_above WHERE held) AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.owner_id = users.id AND (((
id = 17
) IS NOT FALSE) OR EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((SELECT 1, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = accounts.owner_id LIMIT 1) UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (SELECT pgretain_up.* FROM (SELECT * FROM app.accounts AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = pgretain_row.owner_id) AS pgretain_up WHERE pgretain_above.tree = 2 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id UNION ALL SELECT 3, users.tableoid, users.ctid, false FROM crm.users AS users WHERE users.id = pgretain_row.twin_id) AS pgretain_up WHERE pgretain_above.tree = 1 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM crm.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id) AS pgretain_up WHERE pgretain_above.tree = 3 LIMIT 2) AS pgretain_next) SELECT FROM pgretain_above WHERE held)));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.users-old: purge app.users_1
PREPARE deed AS
DELETE FROM ONLY app.users_1 AS users
WHERE users.ctid >= $1::tid AND users.ctid < $2::tid
  AND (users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $3::timestamptz AND NOT EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((SELECT 1, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = users.account_id UNION ALL SELECT 2, users.tableoid, users.ctid, false FROM (SELECT users.twin_id AS pgretain_key_0) AS pgretain_row, crm.users AS users WHERE users.id = pgretain_row.pgretain_key_0 LIMIT 2) UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (SELECT pgretain_up.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id UNION ALL SELECT 2, users.tableoid, users.ctid, false FROM crm.users AS users WHERE users.id = pgretain_row.twin_id) AS pgretain_up WHERE pgretain_above.tree = 3 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM app.accounts AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 3, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = pgretain_row.owner_id) AS pgretain_up WHERE pgretain_above.tree = 1 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM crm.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id) AS pgretain_up WHERE pgretain_above.tree = 2 LIMIT 2) AS pgretain_next) SELECT FROM pgretain_above WHERE held) AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.owner_id = users.id AND (((
id = 17
) IS NOT FALSE) OR EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((SELECT 1, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = accounts.owner_id LIMIT 1) UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (SELECT pgretain_up.* FROM (SELECT * FROM app.accounts AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = pgretain_row.owner_id) AS pgretain_up WHERE pgretain_above.tree = 2 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id UNION ALL SELECT 3, users.tableoid, users.ctid, false FROM crm.users AS users WHERE users.id = pgretain_row.twin_id) AS pgretain_up WHERE pgretain_above.tree = 1 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM crm.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id) AS pgretain_up WHERE pgretain_above.tree = 3 LIMIT 2) AS pgretain_next) SELECT FROM pgretain_above WHERE held)));
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
  WHEN NOT ((accounts.name IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN ((
id = 17
) IS NOT FALSE) OR EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((SELECT 1, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = accounts.owner_id LIMIT 1) UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (SELECT pgretain_up.* FROM (SELECT * FROM app.accounts AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = pgretain_row.owner_id) AS pgretain_up WHERE pgretain_above.tree = 2 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id UNION ALL SELECT 3, users.tableoid, users.ctid, false FROM crm.users AS users WHERE users.id = pgretain_row.twin_id) AS pgretain_up WHERE pgretain_above.tree = 1 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM crm.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id) AS pgretain_up WHERE pgretain_above.tree = 3 LIMIT 2) AS pgretain_next) SELECT FROM pgretain_above WHERE held) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  accounts.at AS clock, accounts.ctid AS place
FROM app.accounts AS accounts) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.accounts-old: anonymise app.accounts
PREPARE deed AS
UPDATE ONLY app.accounts AS accounts SET name = CASE WHEN (accounts.name IS DISTINCT FROM NULL) THEN (NULL)::text ELSE accounts.name END
WHERE accounts.ctid >= $1::tid AND accounts.ctid < $2::tid
  AND (accounts.at > '1970-01-01 00:00:00+00'::timestamptz) AND accounts.at < $3::timestamptz AND ((
id = 17
) IS FALSE) AND NOT EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((SELECT 1, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = accounts.owner_id LIMIT 1) UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (SELECT pgretain_up.* FROM (SELECT * FROM app.accounts AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, users.tableoid, users.ctid, false FROM app.users AS users WHERE users.id = pgretain_row.owner_id) AS pgretain_up WHERE pgretain_above.tree = 2 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id UNION ALL SELECT 3, users.tableoid, users.ctid, false FROM crm.users AS users WHERE users.id = pgretain_row.twin_id) AS pgretain_up WHERE pgretain_above.tree = 1 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM crm.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, accounts.tableoid, accounts.ctid, ((
id = 17
) IS NOT FALSE) FROM app.accounts AS accounts WHERE accounts.id = pgretain_row.account_id) AS pgretain_up WHERE pgretain_above.tree = 3 LIMIT 2) AS pgretain_next) SELECT FROM pgretain_above WHERE held) AND ((accounts.name IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
