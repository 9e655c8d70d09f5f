
-- tree: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  leaf, count(*), min(clock)::date::text, NULL, NULL FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND ((true)) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls.at AS clock, calls.tableoid AS leaf
FROM app.calls AS calls WHERE calls.tableoid <> ALL ($3::oid[])) AS classified
GROUP BY class, leaf;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-06-01T00:00:00Z', '{1001}');
DEALLOCATE count_rows;

-- tree: summarise app.calls
-- the last whole month; the others differ in its two ends only
PREPARE deed AS
WITH gone AS (
  DELETE FROM app.calls AS calls
  WHERE (calls.at >= $1::timestamptz) AND calls.at < $2::timestamptz
    AND calls.tableoid = ANY ($3::oid[])
    AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz AND calls.tableoid <> ALL ($4::oid[]) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND ((true)) IS NOT TRUE)
  RETURNING calls.kind::text COLLATE "C" AS by_1
), groups AS (
  SELECT by_1, count(*) AS size, count(*) AS measure_1
  FROM gone GROUP BY by_1
), judged AS (
  SELECT groups.*, size >= $5::bigint OR EXISTS (SELECT FROM app.statistics AS kept
    WHERE kept.period = $6::date AND kept.kind::text COLLATE "C" IS NOT DISTINCT FROM groups.by_1) AS stands
  FROM groups
), placed AS (
  SELECT CASE WHEN stands THEN by_1 ELSE 'other' END AS by_1, sum(measure_1) AS measure_1
  FROM judged GROUP BY 1
), found AS (
  SELECT placed.*, (SELECT kept.ctid FROM app.statistics AS kept
    WHERE kept.period = $6::date AND kept.kind::text COLLATE "C" IS NOT DISTINCT FROM placed.by_1
    LIMIT 1) AS place
  FROM placed
), added AS (
  UPDATE ONLY app.statistics AS kept SET calls = coalesce(kept.calls, '0') + found.measure_1
  FROM found WHERE kept.ctid = found.place
  RETURNING 1
), made AS (
  INSERT INTO app.statistics (period, kind, calls)
  SELECT $6::date, by_1, measure_1
  FROM found WHERE place IS NULL
  RETURNING 1
)
SELECT (SELECT count(*) FROM gone),
  (SELECT count(*) FROM found) = (SELECT count(*) FROM added) + (SELECT count(*) FROM made);
EXECUTE deed('2023-05-01T00:00:00Z', '2023-06-01T00:00:00Z', '{1002,1003}', '{1001}', '10', '2023-05-01');
DEALLOCATE deed;

-- part: refused, privilege

-- mask: refused, privilege
