
-- app.orders-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((orders.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (orders.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((orders.at > '1970-01-01 00:00:00+00'::timestamptz) AND orders.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.parts AS parts WHERE parts.order_id = orders.id AND ((true AND ((
parts.kept
) IS FALSE) AND NOT EXISTS (WITH RECURSIVE pgretain_below AS (SELECT parts.id AS pgretain_key_0 FROM (SELECT parts.id AS pgretain_key_0) AS pgretain_row, app.parts AS parts WHERE parts.up = pgretain_row.pgretain_key_0 UNION SELECT parts.id AS pgretain_key_0 FROM pgretain_below, app.parts AS parts WHERE parts.up = pgretain_below.pgretain_key_0) SELECT FROM pgretain_below, app.parts AS parts WHERE parts.id = pgretain_below.pgretain_key_0 AND ((true AND ((
parts.kept
) IS FALSE))) IS NOT TRUE))) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  orders.at AS clock, orders.ctid AS place
FROM app.orders AS orders) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.orders-old: purge app.orders
PREPARE deed AS
DELETE FROM ONLY app.orders AS orders
WHERE orders.ctid >= $1::tid AND orders.ctid < $2::tid
  AND (orders.at > '1970-01-01 00:00:00+00'::timestamptz) AND orders.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.parts AS parts WHERE parts.order_id = orders.id AND ((true AND ((
parts.kept
) IS FALSE) AND NOT EXISTS (WITH RECURSIVE pgretain_below AS (SELECT parts.id AS pgretain_key_0 FROM (SELECT parts.id AS pgretain_key_0) AS pgretain_row, app.parts AS parts WHERE parts.up = pgretain_row.pgretain_key_0 UNION SELECT parts.id AS pgretain_key_0 FROM pgretain_below, app.parts AS parts WHERE parts.up = pgretain_below.pgretain_key_0) SELECT FROM pgretain_below, app.parts AS parts WHERE parts.id = pgretain_below.pgretain_key_0 AND ((true AND ((
parts.kept
) IS FALSE))) IS NOT TRUE))) IS NOT TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
