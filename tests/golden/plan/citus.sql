
-- app.calls-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN EXISTS (SELECT FROM app.tenants AS tenants WHERE tenants.id = calls.tenant AND ((
tenants.kept
) IS NOT FALSE)) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls.at AS clock, calls.ctid AS place
FROM app.calls AS calls) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.calls-old: purge app.calls
PREPARE deed AS
DELETE FROM ONLY app.calls AS calls
WHERE calls.ctid >= $1::tid AND calls.ctid < $2::tid
  AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.tenants AS tenants WHERE tenants.id = calls.tenant AND ((
tenants.kept
) IS NOT FALSE));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.plans-old: refused, citus-unsupported

-- app.rates-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((rates.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (rates.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((rates.at > '1970-01-01 00:00:00+00'::timestamptz) AND rates.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  rates.at AS clock, rates.ctid AS place
FROM app.rates AS rates) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.rates-old: purge app.rates
PREPARE deed AS
DELETE FROM ONLY app.rates AS rates
WHERE rates.ctid >= $1::tid AND rates.ctid < $2::tid
  AND (rates.at > '1970-01-01 00:00:00+00'::timestamptz) AND rates.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.days-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((days.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (days.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((days.at > '1970-01-01 00:00:00+00'::timestamptz) AND days.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  days.at AS clock, days.ctid AS place
FROM app.days AS days) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.days-old: purge app.days_2021
PREPARE deed AS
DELETE FROM ONLY app.days_2021 AS days
WHERE days.ctid >= $1::tid AND days.ctid < $2::tid
  AND (days.at > '1970-01-01 00:00:00+00'::timestamptz) AND days.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.folders-old: refused, citus-unsupported

-- app.files-old: refused, citus-unsupported

-- app.plain-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((plain.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (plain.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((plain.at > '1970-01-01 00:00:00+00'::timestamptz) AND plain.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  plain.at AS clock, plain.ctid AS place
FROM app.plain AS plain) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.plain-old: purge app.plain
PREPARE deed AS
DELETE FROM ONLY app.plain AS plain
WHERE plain.ctid >= $1::tid AND plain.ctid < $2::tid
  AND (plain.at > '1970-01-01 00:00:00+00'::timestamptz) AND plain.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.notes-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (notes.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((notes.body IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  notes.at AS clock, notes.ctid AS place
FROM app.notes AS notes) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.notes-old: anonymise app.notes
PREPARE deed AS
UPDATE ONLY app.notes AS notes SET body = CASE WHEN (notes.body IS DISTINCT FROM NULL) THEN (NULL)::text ELSE notes.body END
WHERE notes.ctid >= $1::tid AND notes.ctid < $2::tid
  AND (notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $3::timestamptz AND ((notes.body IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- token: refused, citus-unsupported

-- key: refused, citus-unsupported
