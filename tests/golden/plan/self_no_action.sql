
-- app.folders-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((folders.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (folders.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (WITH RECURSIVE pgretain_below AS (SELECT folders.owner AS pgretain_key_0, folders.id AS pgretain_key_1 FROM (SELECT folders.owner AS pgretain_key_0, folders.id AS pgretain_key_1) AS pgretain_row, app.folders AS folders WHERE folders.parent_owner = pgretain_row.pgretain_key_0 AND folders.parent_id = pgretain_row.pgretain_key_1 UNION SELECT folders.owner AS pgretain_key_0, folders.id AS pgretain_key_1 FROM pgretain_below, app.folders AS folders WHERE folders.parent_owner = pgretain_below.pgretain_key_0 AND folders.parent_id = pgretain_below.pgretain_key_1) SELECT FROM pgretain_below, app.folders AS folders WHERE folders.owner = pgretain_below.pgretain_key_0 AND folders.id = pgretain_below.pgretain_key_1 AND (((folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $2::timestamptz)) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  folders.at AS clock, folders.ctid AS place
FROM app.folders AS folders) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.folders-old: purge app.folders
PREPARE deed AS
DELETE FROM ONLY app.folders AS folders
WHERE folders.ctid >= $1::tid AND folders.ctid < $2::tid
  AND (folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $3::timestamptz AND NOT EXISTS (SELECT FROM (SELECT folders.owner AS pgretain_key_0, folders.id AS pgretain_key_1) AS pgretain_row, app.folders AS folders WHERE folders.parent_owner = pgretain_row.pgretain_key_0 AND folders.parent_id = pgretain_row.pgretain_key_1 AND NOT (folders.owner = pgretain_row.pgretain_key_0 AND folders.id = pgretain_row.pgretain_key_1));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
