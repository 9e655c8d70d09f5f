
-- parents: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((parents.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (parents.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((parents.at > '1970-01-01 00:00:00+00'::timestamptz) AND parents.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.counted AS counted WHERE counted.parent = parents.id) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  parents.at AS clock, parents.ctid AS place
FROM app.parents AS parents) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- parents: purge app.parents
PREPARE deed AS
DELETE FROM ONLY app.parents AS parents
WHERE parents.ctid >= $1::tid AND parents.ctid < $2::tid
  AND (parents.at > '1970-01-01 00:00:00+00'::timestamptz) AND parents.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.counted AS counted WHERE counted.parent = parents.id);
EXECUTE deed('(0,0)', '(4294967295,0)', '2023-06-30T12:00:00Z');
DEALLOCATE deed;
