
-- app.calls_1-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls_1.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls_1.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls_1.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls_1.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN EXISTS (SELECT FROM (SELECT calls_1.tableoid, calls_1.*) AS calls WHERE true AND ((
calls.id = 7
) IS NOT FALSE)) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls_1.at AS clock, calls_1.ctid AS place
FROM app.calls_1 AS calls_1) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.calls_1-old: purge app.calls_1
PREPARE deed AS
DELETE FROM ONLY app.calls_1 AS calls_1
WHERE calls_1.ctid >= $1::tid AND calls_1.ctid < $2::tid
  AND (calls_1.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls_1.at < $3::timestamptz AND NOT EXISTS (SELECT FROM (SELECT calls_1.tableoid, calls_1.*) AS calls WHERE true AND ((
calls.id = 7
) IS NOT FALSE));
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
  WHEN EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((SELECT 1, teams.tableoid, teams.ctid, false FROM app.teams AS teams WHERE teams.id = users.team_id LIMIT 1) UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (SELECT pgretain_up.* FROM (SELECT * FROM app.teams AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, firms.tableoid, firms.ctid, ((
id = 1
) IS NOT FALSE) FROM app.firms AS firms WHERE firms.id = pgretain_row.firm_id UNION ALL SELECT 3, rooms.tableoid, rooms.ctid, false FROM app.rooms AS rooms WHERE rooms.id = pgretain_row.room_id) AS pgretain_up WHERE pgretain_above.tree = 1 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM app.rooms AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 3, rooms.tableoid, rooms.ctid, false FROM app.rooms AS rooms WHERE rooms.id = pgretain_row.room_id UNION ALL SELECT 1, teams.tableoid, teams.ctid, false FROM app.teams AS teams WHERE teams.id = pgretain_row.team_id) AS pgretain_up WHERE pgretain_above.tree = 3 LIMIT 2) AS pgretain_next) SELECT FROM pgretain_above WHERE held) THEN 7 /* held */
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
  AND (users.at > '1970-01-01 00:00:00+00'::timestamptz) AND users.at < $3::timestamptz AND NOT EXISTS (WITH RECURSIVE pgretain_above (tree, part, place, held) AS ((SELECT 1, teams.tableoid, teams.ctid, false FROM app.teams AS teams WHERE teams.id = users.team_id LIMIT 1) UNION SELECT pgretain_next.* FROM pgretain_above, LATERAL (SELECT pgretain_up.* FROM (SELECT * FROM app.teams AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 2, firms.tableoid, firms.ctid, ((
id = 1
) IS NOT FALSE) FROM app.firms AS firms WHERE firms.id = pgretain_row.firm_id UNION ALL SELECT 3, rooms.tableoid, rooms.ctid, false FROM app.rooms AS rooms WHERE rooms.id = pgretain_row.room_id) AS pgretain_up WHERE pgretain_above.tree = 1 UNION ALL SELECT pgretain_up.* FROM (SELECT * FROM app.rooms AS pgretain_row WHERE pgretain_row.tableoid = pgretain_above.part AND pgretain_row.ctid = pgretain_above.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 3, rooms.tableoid, rooms.ctid, false FROM app.rooms AS rooms WHERE rooms.id = pgretain_row.room_id UNION ALL SELECT 1, teams.tableoid, teams.ctid, false FROM app.teams AS teams WHERE teams.id = pgretain_row.team_id) AS pgretain_up WHERE pgretain_above.tree = 3 LIMIT 2) AS pgretain_next) SELECT FROM pgretain_above WHERE held);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
