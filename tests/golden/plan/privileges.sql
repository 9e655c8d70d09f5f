
-- app.no_delete-old: refused, privilege

-- app.no_select-old: refused, privilege

-- app.parts-old: refused, privilege

-- app.hidden-old: refused, row-security

-- app.hidden_part-old: refused, row-security

-- app.columns-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((columns.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (columns.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((columns.at > '1970-01-01 00:00:00+00'::timestamptz) AND columns.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((columns.may IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  columns.at AS clock, columns.ctid AS place
FROM app.columns AS columns) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.columns-old: anonymise app.columns
PREPARE deed AS
UPDATE ONLY app.columns AS columns SET may = CASE WHEN (columns.may IS DISTINCT FROM NULL) THEN (NULL)::text ELSE columns.may END
WHERE columns.ctid >= $1::tid AND columns.ctid < $2::tid
  AND (columns.at > '1970-01-01 00:00:00+00'::timestamptz) AND columns.at < $3::timestamptz AND ((columns.may IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.some-old: refused, privilege
