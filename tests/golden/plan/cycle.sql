
-- app.users-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((users.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (users.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (WITH RECURSIVE pgretain_below (tree, part, place, stays) AS ((SELECT 1, teams.tableoid, teams.ctid, (((teams.at > '1970-01-01 00:00:00+00'::timestamptz) AND teams.at < $2::timestamptz)) IS NOT TRUE FROM app.teams AS teams WHERE teams.head_id = users.id) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, teams.tableoid, teams.ctid, (((teams.at > '1970-01-01 00:00:00+00'::timestamptz) AND teams.at < $2::timestamptz)) IS NOT TRUE FROM app.teams AS teams WHERE teams.head_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 2 UNION ALL SELECT pgretain_down.* FROM (SELECT * FROM app.teams AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, users.tableoid, users.ctid, (((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $2::timestamptz)) IS NOT TRUE FROM app.users AS users WHERE users.team_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next) SELECT FROM pgretain_below WHERE stays) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  users.at AS clock, users.ctid AS place
FROM app.users AS users) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.users-old: purge app.users
PREPARE deed AS
WITH RECURSIVE pgretain_below (tree, part, place) AS (
SELECT 2, users.tableoid, users.ctid FROM ONLY app.users AS users
WHERE users.ctid >= $1::tid AND users.ctid < $2::tid
  AND (users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $3::timestamptz AND NOT EXISTS (WITH RECURSIVE pgretain_below (tree, part, place, stays) AS ((SELECT 1, teams.tableoid, teams.ctid, (((teams.at > '1970-01-01 00:00:00+00'::timestamptz) AND teams.at < $3::timestamptz)) IS NOT TRUE FROM app.teams AS teams WHERE teams.head_id = users.id) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, teams.tableoid, teams.ctid, (((teams.at > '1970-01-01 00:00:00+00'::timestamptz) AND teams.at < $3::timestamptz)) IS NOT TRUE FROM app.teams AS teams WHERE teams.head_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 2 UNION ALL SELECT pgretain_down.* FROM (SELECT * FROM app.teams AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, users.tableoid, users.ctid, (((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $3::timestamptz)) IS NOT TRUE FROM app.users AS users WHERE users.team_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next) SELECT FROM pgretain_below WHERE stays) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, teams.tableoid, teams.ctid FROM app.teams AS teams WHERE teams.head_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 2 UNION ALL SELECT pgretain_down.* FROM (SELECT * FROM app.teams AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, users.tableoid, users.ctid FROM app.users AS users WHERE users.team_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next),
pgretain_gone_1 AS (DELETE FROM app.teams AS teams
WHERE teams.ctid = ANY (ARRAY (SELECT place FROM pgretain_below WHERE tree = 1))
  AND (teams.tableoid, teams.ctid) IN (SELECT part, place FROM pgretain_below WHERE tree = 1))
DELETE FROM app.users AS users
WHERE users.ctid = ANY (ARRAY (SELECT place FROM pgretain_below WHERE tree = 2))
  AND (users.tableoid, users.ctid) IN (SELECT part, place FROM pgretain_below WHERE tree = 2);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.teams-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((teams.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (teams.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((teams.at > '1970-01-01 00:00:00+00'::timestamptz) AND teams.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (WITH RECURSIVE pgretain_below (tree, part, place, stays) AS ((SELECT 2, users.tableoid, users.ctid, (((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $2::timestamptz)) IS NOT TRUE FROM app.users AS users WHERE users.team_id = teams.id) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, teams.tableoid, teams.ctid, (((teams.at > '1970-01-01 00:00:00+00'::timestamptz) AND teams.at < $2::timestamptz)) IS NOT TRUE FROM app.teams AS teams WHERE teams.head_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 2 UNION ALL SELECT pgretain_down.* FROM (SELECT * FROM app.teams AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, users.tableoid, users.ctid, (((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $2::timestamptz)) IS NOT TRUE FROM app.users AS users WHERE users.team_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next) SELECT FROM pgretain_below WHERE stays) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  teams.at AS clock, teams.ctid AS place
FROM app.teams AS teams) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.teams-old: purge app.teams
PREPARE deed AS
WITH RECURSIVE pgretain_below (tree, part, place) AS (
SELECT 1, teams.tableoid, teams.ctid FROM ONLY app.teams AS teams
WHERE teams.ctid >= $1::tid AND teams.ctid < $2::tid
  AND (teams.at > '1970-01-01 00:00:00+00'::timestamptz) AND teams.at < $3::timestamptz AND NOT EXISTS (WITH RECURSIVE pgretain_below (tree, part, place, stays) AS ((SELECT 2, users.tableoid, users.ctid, (((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $3::timestamptz)) IS NOT TRUE FROM app.users AS users WHERE users.team_id = teams.id) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, teams.tableoid, teams.ctid, (((teams.at > '1970-01-01 00:00:00+00'::timestamptz) AND teams.at < $3::timestamptz)) IS NOT TRUE FROM app.teams AS teams WHERE teams.head_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 2 UNION ALL SELECT pgretain_down.* FROM (SELECT * FROM app.teams AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, users.tableoid, users.ctid, (((users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $3::timestamptz)) IS NOT TRUE FROM app.users AS users WHERE users.team_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next) SELECT FROM pgretain_below WHERE stays) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.users AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, teams.tableoid, teams.ctid FROM app.teams AS teams WHERE teams.head_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 2 UNION ALL SELECT pgretain_down.* FROM (SELECT * FROM app.teams AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, users.tableoid, users.ctid FROM app.users AS users WHERE users.team_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next),
pgretain_gone_2 AS (DELETE FROM app.users AS users
WHERE users.ctid = ANY (ARRAY (SELECT place FROM pgretain_below WHERE tree = 2))
  AND (users.tableoid, users.ctid) IN (SELECT part, place FROM pgretain_below WHERE tree = 2))
DELETE FROM app.teams AS teams
WHERE teams.ctid = ANY (ARRAY (SELECT place FROM pgretain_below WHERE tree = 1))
  AND (teams.tableoid, teams.ctid) IN (SELECT part, place FROM pgretain_below WHERE tree = 1);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.logs-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((logs.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (logs.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((logs.at > '1970-01-01 00:00:00+00'::timestamptz) AND logs.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (WITH RECURSIVE pgretain_below (tree, part, place, stays) AS ((SELECT 1, marks.tableoid, marks.ctid, ((true)) IS NOT TRUE FROM app.marks AS marks WHERE marks.log_id = logs.id) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.logs AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, marks.tableoid, marks.ctid, ((true)) IS NOT TRUE FROM app.marks AS marks WHERE marks.log_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 2 UNION ALL SELECT pgretain_down.* FROM (SELECT * FROM app.marks AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, logs.tableoid, logs.ctid, (((logs.at > '1970-01-01 00:00:00+00'::timestamptz) AND logs.at < $2::timestamptz)) IS NOT TRUE FROM app.logs AS logs WHERE logs.mark_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next) SELECT FROM pgretain_below WHERE stays) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  logs.at AS clock, logs.ctid AS place
FROM app.logs AS logs) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.logs-old: purge app.logs
PREPARE deed AS
WITH RECURSIVE pgretain_below (tree, part, place) AS (
SELECT 2, logs.tableoid, logs.ctid FROM ONLY app.logs AS logs
WHERE logs.ctid >= $1::tid AND logs.ctid < $2::tid
  AND (logs.at > '1970-01-01 00:00:00+00'::timestamptz) AND logs.at < $3::timestamptz AND NOT EXISTS (WITH RECURSIVE pgretain_below (tree, part, place, stays) AS ((SELECT 1, marks.tableoid, marks.ctid, ((true)) IS NOT TRUE FROM app.marks AS marks WHERE marks.log_id = logs.id) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.logs AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, marks.tableoid, marks.ctid, ((true)) IS NOT TRUE FROM app.marks AS marks WHERE marks.log_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 2 UNION ALL SELECT pgretain_down.* FROM (SELECT * FROM app.marks AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, logs.tableoid, logs.ctid, (((logs.at > '1970-01-01 00:00:00+00'::timestamptz) AND logs.at < $3::timestamptz)) IS NOT TRUE FROM app.logs AS logs WHERE logs.mark_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next) SELECT FROM pgretain_below WHERE stays) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.logs AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, marks.tableoid, marks.ctid FROM app.marks AS marks WHERE marks.log_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 2 UNION ALL SELECT pgretain_down.* FROM (SELECT * FROM app.marks AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, logs.tableoid, logs.ctid FROM app.logs AS logs WHERE logs.mark_id = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next),
pgretain_gone_1 AS (DELETE FROM app.marks AS marks
WHERE marks.ctid = ANY (ARRAY (SELECT place FROM pgretain_below WHERE tree = 1))
  AND (marks.tableoid, marks.ctid) IN (SELECT part, place FROM pgretain_below WHERE tree = 1))
DELETE FROM app.logs AS logs
WHERE logs.ctid = ANY (ARRAY (SELECT place FROM pgretain_below WHERE tree = 2))
  AND (logs.tableoid, logs.ctid) IN (SELECT part, place FROM pgretain_below WHERE tree = 2);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
