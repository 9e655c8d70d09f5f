
-- app.view-old: refused, not-a-table

-- app.kept_view-old: refused, not-a-table

-- app.far-old: refused, not-a-table

-- app.parts-old: refused, not-a-table

-- app.column_store-old: refused, not-heap

-- app.scratch-old: count
PREPARE count_rows AS
SELECT class, leaf, count(*), min(day)::text, min(place)::text, max(place)::text FROM (
SELECT CASE WHEN false THEN 'active'
  WHEN ((scratch.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 'undated'
  WHEN (scratch.at > $1::timestamptz) THEN 'future'
  WHEN ((scratch.at > '1970-01-01 00:00:00+00'::timestamptz) AND scratch.at < $2::timestamptz) IS NOT TRUE THEN 'young'
  WHEN false THEN 'held'
  WHEN false THEN 'undecided'
  WHEN NOT (true) THEN 'excluded'
  WHEN false THEN 'blocked'
  ELSE 'due' END AS class,
  (scratch.at::date) AS day, scratch.tableoid AS leaf, scratch.ctid AS place
FROM app.scratch AS scratch) AS classified
GROUP BY class, leaf;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.scratch-old: purge app.scratch
PREPARE deed AS
DELETE FROM ONLY app.scratch AS scratch
WHERE scratch.ctid >= $1::tid AND scratch.ctid < $2::tid
  AND (scratch.at > '1970-01-01 00:00:00+00'::timestamptz) AND scratch.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
