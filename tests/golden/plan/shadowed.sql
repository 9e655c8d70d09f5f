
-- c: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN EXISTS (SELECT FROM app.a AS a WHERE a.id = c.a_id AND false) THEN 1 /* active */
  WHEN (EXISTS (SELECT FROM app.a AS a WHERE a.id = c.a_id AND (a.at > '1970-01-01 00:00:00+00'::timestamptz))) IS NOT TRUE THEN 2 /* undated */
  WHEN EXISTS (SELECT FROM app.a AS a WHERE a.id = c.a_id AND (a.at > $1::timestamptz)) THEN 3 /* future */
  WHEN (EXISTS (SELECT FROM app.a AS a WHERE a.id = c.a_id AND (a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $2::timestamptz)) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (SELECT (a.at::date) FROM app.a AS a WHERE a.id = c.a_id LIMIT 1) AS clock, c.ctid AS place
FROM app.c AS c) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- c: purge app.c
PREPARE deed AS
DELETE FROM ONLY app.c AS c
WHERE c.ctid >= $1::tid AND c.ctid < $2::tid
  AND EXISTS (SELECT FROM app.a AS a WHERE a.id = c.a_id AND (a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $3::timestamptz);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- a: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((a.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (a.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  a.at AS clock, a.ctid AS place
FROM app.a AS a) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- a: purge app.a
PREPARE deed AS
DELETE FROM ONLY app.a AS a
WHERE a.ctid >= $1::tid AND a.ctid < $2::tid
  AND (a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- d: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN EXISTS (SELECT FROM app.b AS b WHERE b.id = d.b_id AND false) THEN 1 /* active */
  WHEN (EXISTS (SELECT FROM app.b AS b WHERE b.id = d.b_id AND (b.at > '1970-01-01 00:00:00+00'::timestamptz))) IS NOT TRUE THEN 2 /* undated */
  WHEN EXISTS (SELECT FROM app.b AS b WHERE b.id = d.b_id AND (b.at > $1::timestamptz)) THEN 3 /* future */
  WHEN (EXISTS (SELECT FROM app.b AS b WHERE b.id = d.b_id AND (b.at > '1970-01-01 00:00:00+00'::timestamptz) AND b.at < $2::timestamptz)) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (SELECT (b.at::date) FROM app.b AS b WHERE b.id = d.b_id LIMIT 1) AS clock, d.ctid AS place
FROM app.d AS d) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- d: purge app.d
PREPARE deed AS
DELETE FROM ONLY app.d AS d
WHERE d.ctid >= $1::tid AND d.ctid < $2::tid
  AND EXISTS (SELECT FROM app.b AS b WHERE b.id = d.b_id AND (b.at > '1970-01-01 00:00:00+00'::timestamptz) AND b.at < $3::timestamptz);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- b: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((b.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (b.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((b.at > '1970-01-01 00:00:00+00'::timestamptz) AND b.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  b.at AS clock, b.ctid AS place
FROM app.b AS b) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- b: purge app.b
PREPARE deed AS
DELETE FROM ONLY app.b AS b
WHERE b.ctid >= $1::tid AND b.ctid < $2::tid
  AND (b.at > '1970-01-01 00:00:00+00'::timestamptz) AND b.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- e@app.e: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((e.made_at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (e.made_at > $1::timestamptz) THEN 3 /* future */
  WHEN ((e.made_at > '1970-01-01 00:00:00+00'::timestamptz) AND e.made_at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  e.made_at AS clock, e.ctid AS place
FROM app.e AS e) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- e@app.e: purge app.e
PREPARE deed AS
DELETE FROM ONLY app.e AS e
WHERE e.ctid >= $1::tid AND e.ctid < $2::tid
  AND (e.made_at > '1970-01-01 00:00:00+00'::timestamptz) AND e.made_at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- no-clock: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((f.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (f.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((f.at > '1970-01-01 00:00:00+00'::timestamptz) AND f.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  f.at AS clock, f.ctid AS place
FROM app.f AS f) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- no-clock: purge app.f
PREPARE deed AS
DELETE FROM ONLY app.f AS f
WHERE f.ctid >= $1::tid AND f.ctid < $2::tid
  AND (f.at > '1970-01-01 00:00:00+00'::timestamptz) AND f.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- same-age: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((a.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (a.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((a.x IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN (a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $2::timestamptz THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  a.at AS clock, a.ctid AS place
FROM app.a AS a) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- same-age: anonymise app.a
PREPARE deed AS
UPDATE ONLY app.a AS a SET x = CASE WHEN (a.x IS DISTINCT FROM NULL) THEN (NULL)::text ELSE a.x END
WHERE a.ctid >= $1::tid AND a.ctid < $2::tid
  AND (a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $3::timestamptz AND ((a.x IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- before: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((b.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (b.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((b.at > '1970-01-01 00:00:00+00'::timestamptz) AND b.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((b.x IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN (b.at > '1970-01-01 00:00:00+00'::timestamptz) AND b.at < $3::timestamptz THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  b.at AS clock, b.ctid AS place
FROM app.b AS b) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-04-01T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- before: anonymise app.b
PREPARE deed AS
UPDATE ONLY app.b AS b SET x = CASE WHEN (b.x IS DISTINCT FROM NULL) THEN (NULL)::text ELSE b.x END
WHERE b.ctid >= $1::tid AND b.ctid < $2::tid
  AND (b.at > '1970-01-01 00:00:00+00'::timestamptz) AND b.at < $3::timestamptz AND ((b.x IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2024-04-01T12:00:00Z');
DEALLOCATE deed;

-- by-parent: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN EXISTS (SELECT FROM app.a AS a WHERE a.id = c.a_id AND false) THEN 1 /* active */
  WHEN (EXISTS (SELECT FROM app.a AS a WHERE a.id = c.a_id AND (a.at > '1970-01-01 00:00:00+00'::timestamptz))) IS NOT TRUE THEN 2 /* undated */
  WHEN EXISTS (SELECT FROM app.a AS a WHERE a.id = c.a_id AND (a.at > $1::timestamptz)) THEN 3 /* future */
  WHEN (EXISTS (SELECT FROM app.a AS a WHERE a.id = c.a_id AND (a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $2::timestamptz)) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((c.x IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN EXISTS (SELECT FROM app.a AS a WHERE a.id = c.a_id AND (a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $2::timestamptz) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (SELECT (a.at::date) FROM app.a AS a WHERE a.id = c.a_id LIMIT 1) AS clock, c.ctid AS place
FROM app.c AS c) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- by-parent: anonymise app.c
PREPARE deed AS
UPDATE ONLY app.c AS c SET x = CASE WHEN (c.x IS DISTINCT FROM NULL) THEN (NULL)::text ELSE c.x END
WHERE c.ctid >= $1::tid AND c.ctid < $2::tid
  AND EXISTS (SELECT FROM app.a AS a WHERE a.id = c.a_id AND (a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $3::timestamptz) AND ((c.x IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- elsewhere: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN EXISTS (SELECT FROM app.a AS a WHERE a.id = d.a_id AND false) THEN 1 /* active */
  WHEN (EXISTS (SELECT FROM app.a AS a WHERE a.id = d.a_id AND (a.at > '1970-01-01 00:00:00+00'::timestamptz))) IS NOT TRUE THEN 2 /* undated */
  WHEN EXISTS (SELECT FROM app.a AS a WHERE a.id = d.a_id AND (a.at > $1::timestamptz)) THEN 3 /* future */
  WHEN (EXISTS (SELECT FROM app.a AS a WHERE a.id = d.a_id AND (a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $2::timestamptz)) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((d.x IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN EXISTS (SELECT FROM app.b AS b WHERE b.id = d.b_id AND (b.at > '1970-01-01 00:00:00+00'::timestamptz) AND b.at < $2::timestamptz) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (SELECT (a.at::date) FROM app.a AS a WHERE a.id = d.a_id LIMIT 1) AS clock, d.ctid AS place
FROM app.d AS d) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- elsewhere: anonymise app.d
PREPARE deed AS
UPDATE ONLY app.d AS d SET x = CASE WHEN (d.x IS DISTINCT FROM NULL) THEN (NULL)::text ELSE d.x END
WHERE d.ctid >= $1::tid AND d.ctid < $2::tid
  AND EXISTS (SELECT FROM app.a AS a WHERE a.id = d.a_id AND (a.at > '1970-01-01 00:00:00+00'::timestamptz) AND a.at < $3::timestamptz) AND ((d.x IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- other-column: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((e.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (e.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((e.at > '1970-01-01 00:00:00+00'::timestamptz) AND e.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((e.x IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN (e.made_at > '1970-01-01 00:00:00+00'::timestamptz) AND e.made_at < $2::timestamptz THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  e.at AS clock, e.ctid AS place
FROM app.e AS e) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- other-column: anonymise app.e
PREPARE deed AS
UPDATE ONLY app.e AS e SET x = CASE WHEN (e.x IS DISTINCT FROM NULL) THEN (NULL)::text ELSE e.x END
WHERE e.ctid >= $1::tid AND e.ctid < $2::tid
  AND (e.at > '1970-01-01 00:00:00+00'::timestamptz) AND e.at < $3::timestamptz AND ((e.x IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- f: refused, column-missing
