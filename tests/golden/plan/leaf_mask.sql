
-- tree: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((tree.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (tree.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((tree.at > '1970-01-01 00:00:00+00'::timestamptz) AND tree.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN ((
tree.kind = 'x'
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
tree.kind = 'x'
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  tree.at AS clock, tree.ctid AS place
FROM app.tree AS tree) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- tree: purge app.tree_1
PREPARE deed AS
DELETE FROM ONLY app.tree_1 AS tree
WHERE tree.ctid >= $1::tid AND tree.ctid < $2::tid
  AND (tree.at > '1970-01-01 00:00:00+00'::timestamptz) AND tree.at < $3::timestamptz AND ((
tree.kind = 'x'
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- leaf: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((tree_1.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (tree_1.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((tree_1.at > '1970-01-01 00:00:00+00'::timestamptz) AND tree_1.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((tree_1.note IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN EXISTS (SELECT FROM (SELECT tree_1.tableoid, tree_1.*) AS tree WHERE true AND (tree.at > '1970-01-01 00:00:00+00'::timestamptz) AND tree.at < $2::timestamptz AND ((
tree.kind = 'x'
) IS TRUE)) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  tree_1.at AS clock, tree_1.ctid AS place
FROM app.tree_1 AS tree_1) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- leaf: anonymise app.tree_1
PREPARE deed AS
UPDATE ONLY app.tree_1 AS tree_1 SET note = CASE WHEN (tree_1.note IS DISTINCT FROM NULL) THEN (NULL)::text ELSE tree_1.note END
WHERE tree_1.ctid >= $1::tid AND tree_1.ctid < $2::tid
  AND (tree_1.at > '1970-01-01 00:00:00+00'::timestamptz) AND tree_1.at < $3::timestamptz AND ((tree_1.note IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
