
-- app.logs-old: refused, reference-cycle

-- app.users-old: refused, reference-cycle

-- app.teams-old: count
PREPARE count_rows AS
SELECT class, leaf, count(*), min(day)::text, min(place)::text, max(place)::text FROM (
SELECT CASE WHEN false THEN 'active'
  WHEN ((teams.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 'undated'
  WHEN (teams.at > $1::timestamptz) THEN 'future'
  WHEN ((teams.at > '1970-01-01 00:00:00+00'::timestamptz) AND teams.at < $2::timestamptz) IS NOT TRUE THEN 'young'
  WHEN false THEN 'held'
  WHEN false THEN 'undecided'
  WHEN NOT (true) THEN 'excluded'
  WHEN EXISTS (SELECT FROM app.users AS users WHERE users.team_id = teams.id) THEN 'blocked'
  ELSE 'due' END AS class,
  (teams.at::date) AS day, teams.tableoid AS leaf, teams.ctid AS place
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
