
-- app.calls-old: refused, cascade-unnamed

-- app.notes-old: count
PREPARE count_rows AS
SELECT class, leaf, count(*), min(day)::text, min(place)::text, max(place)::text FROM (
SELECT CASE WHEN false THEN 'active'
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 'undated'
  WHEN (notes.at > $1::timestamptz) THEN 'future'
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz) IS NOT TRUE THEN 'young'
  WHEN false THEN 'held'
  WHEN false THEN 'undecided'
  WHEN NOT (true) THEN 'excluded'
  WHEN false THEN 'blocked'
  ELSE 'due' END AS class,
  (notes.at::date) AS day, notes.tableoid AS leaf, notes.ctid AS place
FROM app.notes AS notes) AS classified
GROUP BY class, leaf;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.notes-old: purge app.notes
PREPARE deed AS
DELETE FROM ONLY app.notes AS notes
WHERE notes.ctid >= $1::tid AND notes.ctid < $2::tid
  AND (notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.texts-old: refused, cascade-trigger
