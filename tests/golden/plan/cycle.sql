
-- app.logs-old: refused, reference-cycle

-- app.users-old: refused, reference-cycle

-- app.teams-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class],
  leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((teams.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (teams.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((teams.at > '1970-01-01 00:00:00+00'::timestamptz) AND teams.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.users AS users WHERE users.team_id = teams.id) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  teams.at AS clock, teams.tableoid AS leaf, teams.ctid AS place
FROM app.teams AS teams) AS classified
GROUP BY class, leaf;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.teams-old: purge app.teams
PREPARE deed AS
DELETE FROM ONLY app.teams AS teams
WHERE teams.ctid >= $1::tid AND teams.ctid < $2::tid
  AND (teams.at > '1970-01-01 00:00:00+00'::timestamptz) AND teams.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.users AS users WHERE users.team_id = teams.id);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
