
-- app.view-old: refused, not-a-table

-- app.kept_view-old: refused, not-a-table

-- app.far-old: refused, not-a-table

-- app.parts-old: refused, not-a-table

-- app.column_store-old: refused, not-heap

-- app.scratch-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((scratch.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (scratch.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((scratch.at > '1970-01-01 00:00:00+00'::timestamptz) AND scratch.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  scratch.at AS clock, scratch.ctid AS place
FROM app.scratch AS scratch) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.scratch-old: purge app.scratch
PREPARE deed AS
DELETE FROM ONLY app.scratch AS scratch
WHERE scratch.ctid >= $1::tid AND scratch.ctid < $2::tid
  AND (scratch.at > '1970-01-01 00:00:00+00'::timestamptz) AND scratch.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
