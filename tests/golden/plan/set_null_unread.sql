
-- app.calls-old: count
PREPARE count_rows AS
SELECT class, leaf, count(*), min(day)::text, min(place)::text, max(place)::text FROM (
SELECT CASE WHEN false THEN 'active'
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 'undated'
  WHEN (calls.at > $1::timestamptz) THEN 'future'
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz) IS NOT TRUE THEN 'young'
  WHEN false THEN 'held'
  WHEN false THEN 'undecided'
  WHEN NOT (true) THEN 'excluded'
  WHEN false THEN 'blocked'
  ELSE 'due' END AS class,
  (calls.at::date) AS day, calls.tableoid AS leaf, calls.ctid AS place
FROM app.calls AS calls) AS classified
GROUP BY class, leaf;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.calls-old: purge app.calls
PREPARE deed AS
DELETE FROM ONLY app.calls AS calls
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.texts-old: refused, privilege
