
-- app.below-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((below.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (below.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((below.at > '1970-01-01 00:00:00+00'::timestamptz) AND below.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN ((
below.id = 1
) IS NOT FALSE) OR EXISTS (WITH RECURSIVE pgretain_above AS (SELECT below.parent_id AS pgretain_key_0 UNION SELECT below.parent_id AS pgretain_key_0 FROM pgretain_above, app.below AS below WHERE below.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.below AS below WHERE below.id = pgretain_above.pgretain_key_0 AND ((
below.id = 1
) IS NOT FALSE)) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (WITH RECURSIVE pgretain_below AS (SELECT below.id AS pgretain_key_0 FROM (SELECT below.id AS pgretain_key_0) AS pgretain_row, app.below AS below WHERE below.parent_id = pgretain_row.pgretain_key_0 UNION SELECT below.id AS pgretain_key_0 FROM pgretain_below, app.below AS below WHERE below.parent_id = pgretain_below.pgretain_key_0) SELECT FROM pgretain_below, app.below AS below WHERE below.id = pgretain_below.pgretain_key_0 AND (((below.at > '1970-01-01 00:00:00+00'::timestamptz) AND below.at < $2::timestamptz AND ((
below.id = 1
) IS FALSE) AND NOT EXISTS (WITH RECURSIVE pgretain_above AS (SELECT below.parent_id AS pgretain_key_0 UNION SELECT below.parent_id AS pgretain_key_0 FROM pgretain_above, app.below AS below WHERE below.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.below AS below WHERE below.id = pgretain_above.pgretain_key_0 AND ((
below.id = 1
) IS NOT FALSE)))) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  below.at AS clock, below.ctid AS place
FROM app.below AS below) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.below-old: purge app.below
PREPARE deed AS
DELETE FROM ONLY app.below AS below
WHERE below.ctid >= $1::tid AND below.ctid < $2::tid
  AND (below.at > '1970-01-01 00:00:00+00'::timestamptz) AND below.at < $3::timestamptz AND ((
below.id = 1
) IS FALSE) AND NOT EXISTS (WITH RECURSIVE pgretain_above AS (SELECT below.parent_id AS pgretain_key_0 UNION SELECT below.parent_id AS pgretain_key_0 FROM pgretain_above, app.below AS below WHERE below.id = pgretain_above.pgretain_key_0) SELECT FROM pgretain_above, app.below AS below WHERE below.id = pgretain_above.pgretain_key_0 AND ((
below.id = 1
) IS NOT FALSE)) AND NOT EXISTS (SELECT FROM (SELECT below.id AS pgretain_key_0) AS pgretain_row, app.below AS below WHERE below.parent_id = pgretain_row.pgretain_key_0 AND NOT (below.id = pgretain_row.pgretain_key_0));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.outer_row-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((outer_row.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (outer_row.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((outer_row.at > '1970-01-01 00:00:00+00'::timestamptz) AND outer_row.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (WITH RECURSIVE pgretain_below AS (SELECT outer_row.id AS pgretain_key_0 FROM (SELECT outer_row.id AS pgretain_key_0) AS pgretain_row, app.outer_row AS outer_row WHERE outer_row.parent_id = pgretain_row.pgretain_key_0 UNION SELECT outer_row.id AS pgretain_key_0 FROM pgretain_below, app.outer_row AS outer_row WHERE outer_row.parent_id = pgretain_below.pgretain_key_0) SELECT FROM pgretain_below, app.outer_row AS outer_row WHERE outer_row.id = pgretain_below.pgretain_key_0 AND (((outer_row.at > '1970-01-01 00:00:00+00'::timestamptz) AND outer_row.at < $2::timestamptz)) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  outer_row.at AS clock, outer_row.ctid AS place
FROM app.outer_row AS outer_row) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.outer_row-old: purge app.outer_row
PREPARE deed AS
DELETE FROM ONLY app.outer_row AS outer_row
WHERE outer_row.ctid >= $1::tid AND outer_row.ctid < $2::tid
  AND (outer_row.at > '1970-01-01 00:00:00+00'::timestamptz) AND outer_row.at < $3::timestamptz AND NOT EXISTS (WITH RECURSIVE pgretain_below AS (SELECT outer_row.id AS pgretain_key_0 FROM (SELECT outer_row.id AS pgretain_key_0) AS pgretain_row, app.outer_row AS outer_row WHERE outer_row.parent_id = pgretain_row.pgretain_key_0 UNION SELECT outer_row.id AS pgretain_key_0 FROM pgretain_below, app.outer_row AS outer_row WHERE outer_row.parent_id = pgretain_below.pgretain_key_0) SELECT FROM pgretain_below, app.outer_row AS outer_row WHERE outer_row.id = pgretain_below.pgretain_key_0 AND (((outer_row.at > '1970-01-01 00:00:00+00'::timestamptz) AND outer_row.at < $3::timestamptz)) IS NOT TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
