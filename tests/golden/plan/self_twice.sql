
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
  WHEN EXISTS (WITH RECURSIVE pgretain_below (tree, part, place, stays) AS ((SELECT 1, folders.tableoid, folders.ctid, (((folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $2::timestamptz)) IS NOT TRUE FROM (SELECT folders.id AS pgretain_key_0) AS pgretain_row, app.folders AS folders WHERE folders.side = pgretain_row.pgretain_key_0 UNION ALL SELECT 1, folders.tableoid, folders.ctid, (((folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $2::timestamptz)) IS NOT TRUE FROM (SELECT folders.id AS pgretain_key_0) AS pgretain_row, app.folders AS folders WHERE folders.up = pgretain_row.pgretain_key_0) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.folders AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, folders.tableoid, folders.ctid, (((folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $2::timestamptz)) IS NOT TRUE FROM app.folders AS folders WHERE folders.side = pgretain_row.id UNION ALL SELECT 1, folders.tableoid, folders.ctid, (((folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $2::timestamptz)) IS NOT TRUE FROM app.folders AS folders WHERE folders.up = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next) SELECT FROM pgretain_below WHERE stays) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  folders.at AS clock, folders.ctid AS place
FROM app.folders AS folders) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.folders-old: purge app.folders
PREPARE deed AS
WITH RECURSIVE pgretain_below (tree, part, place) AS (
SELECT 1, folders.tableoid, folders.ctid FROM ONLY app.folders AS folders
WHERE folders.ctid >= $1::tid AND folders.ctid < $2::tid
  AND (folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $3::timestamptz AND NOT EXISTS (WITH RECURSIVE pgretain_below (tree, part, place, stays) AS ((SELECT 1, folders.tableoid, folders.ctid, (((folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $3::timestamptz)) IS NOT TRUE FROM (SELECT folders.id AS pgretain_key_0) AS pgretain_row, app.folders AS folders WHERE folders.side = pgretain_row.pgretain_key_0 UNION ALL SELECT 1, folders.tableoid, folders.ctid, (((folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $3::timestamptz)) IS NOT TRUE FROM (SELECT folders.id AS pgretain_key_0) AS pgretain_row, app.folders AS folders WHERE folders.up = pgretain_row.pgretain_key_0) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.folders AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, folders.tableoid, folders.ctid, (((folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $3::timestamptz)) IS NOT TRUE FROM app.folders AS folders WHERE folders.side = pgretain_row.id UNION ALL SELECT 1, folders.tableoid, folders.ctid, (((folders.at > '1970-01-01 00:00:00+00'::timestamptz) AND folders.at < $3::timestamptz)) IS NOT TRUE FROM app.folders AS folders WHERE folders.up = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next) SELECT FROM pgretain_below WHERE stays) UNION SELECT pgretain_next.* FROM pgretain_below, LATERAL (SELECT pgretain_down.* FROM (SELECT * FROM app.folders AS pgretain_row WHERE pgretain_row.tableoid = pgretain_below.part AND pgretain_row.ctid = pgretain_below.place LIMIT 1) AS pgretain_row, LATERAL (SELECT 1, folders.tableoid, folders.ctid FROM app.folders AS folders WHERE folders.side = pgretain_row.id UNION ALL SELECT 1, folders.tableoid, folders.ctid FROM app.folders AS folders WHERE folders.up = pgretain_row.id) AS pgretain_down WHERE pgretain_below.tree = 1) AS pgretain_next)
DELETE FROM app.folders AS folders
WHERE folders.ctid = ANY (ARRAY (SELECT place FROM pgretain_below WHERE tree = 1))
  AND (folders.tableoid, folders.ctid) IN (SELECT part, place FROM pgretain_below WHERE tree = 1);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.nodes-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((nodes.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (nodes.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((nodes.at > '1970-01-01 00:00:00+00'::timestamptz) AND nodes.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN ((
kept
) IS NOT FALSE) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM (SELECT nodes.id AS pgretain_key_0) AS pgretain_row, app.nodes AS nodes WHERE nodes.up = pgretain_row.pgretain_key_0 AND (((
kept
) IS NOT FALSE))) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  nodes.at AS clock, nodes.ctid AS place
FROM app.nodes AS nodes) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.nodes-old: purge app.nodes
PREPARE deed AS
DELETE FROM ONLY app.nodes AS nodes
WHERE nodes.ctid >= $1::tid AND nodes.ctid < $2::tid
  AND (nodes.at > '1970-01-01 00:00:00+00'::timestamptz) AND nodes.at < $3::timestamptz AND ((
kept
) IS FALSE) AND NOT EXISTS (SELECT FROM (SELECT nodes.id AS pgretain_key_0) AS pgretain_row, app.nodes AS nodes WHERE nodes.up = pgretain_row.pgretain_key_0 AND (((
kept
) IS NOT FALSE)));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
