
-- tz: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((events.tz > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.tz > $1::timestamptz) THEN 3 /* future */
  WHEN ((events.tz > '1970-01-01 00:00:00+00'::timestamptz) AND events.tz < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN ((
kind = 1
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kind = 1
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  events.tz AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- tz: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND (events.tz > '1970-01-01 00:00:00+00'::timestamptz) AND events.tz < $3::timestamptz AND ((
kind = 1
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- ts: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN (events.ts IS NULL) THEN 1 /* active */
  WHEN ((events.ts > '1970-01-01 00:00:00'::timestamp)) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.ts > $1::timestamp) THEN 3 /* future */
  WHEN ((events.ts > '1970-01-01 00:00:00'::timestamp) AND events.ts < $2::timestamp) IS NOT TRUE THEN 4 /* young */
  WHEN (events.tz > '1970-01-01 00:00:00+00'::timestamptz) AND events.tz < $3::timestamptz AND ((
kind = 1
) IS TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN ((
kind = 2
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kind = 2
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  events.ts AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30 12:00:00', '2022-06-30 12:00:00', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- ts: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND (events.ts > '1970-01-01 00:00:00'::timestamp) AND events.ts < $3::timestamp AND ((
kind = 2
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30 12:00:00');
DEALLOCATE deed;

-- day: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((events.day > '1970-01-01'::date)) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.day > $1::date) THEN 3 /* future */
  WHEN ((events.day > '1970-01-01'::date) AND events.day < $2::date) IS NOT TRUE THEN 4 /* young */
  WHEN (events.tz > '1970-01-01 00:00:00+00'::timestamptz) AND events.tz < $3::timestamptz AND ((
kind = 1
) IS TRUE) THEN 6 /* gone */
  WHEN (events.ts > '1970-01-01 00:00:00'::timestamp) AND events.ts < $4::timestamp AND ((
kind = 2
) IS TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN ((
kind = 3
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kind = 3
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  events.day AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30', '2022-06-30', '2022-06-30T12:00:00Z', '2022-06-30 12:00:00');
DEALLOCATE count_rows;

-- day: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND (events.day > '1970-01-01'::date) AND events.day < $3::date AND ((
kind = 3
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30');
DEALLOCATE deed;

-- all: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((events.tz > '1970-01-01 00:00:00+00'::timestamptz OR events.ts > '1970-01-01 00:00:00'::timestamp OR events.day > '1970-01-01'::date)) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.tz > $1::timestamptz OR events.ts > $2::timestamp OR events.day > $3::date) THEN 3 /* future */
  WHEN ((events.tz > '1970-01-01 00:00:00+00'::timestamptz OR events.ts > '1970-01-01 00:00:00'::timestamp OR events.day > '1970-01-01'::date) AND (events.tz < $4::timestamptz OR events.tz IS NULL) AND (events.ts < $5::timestamp OR events.ts IS NULL) AND (events.day < $6::date OR events.day IS NULL)) IS NOT TRUE THEN 4 /* young */
  WHEN (events.tz > '1970-01-01 00:00:00+00'::timestamptz) AND events.tz < $4::timestamptz AND ((
kind = 1
) IS TRUE) THEN 6 /* gone */
  WHEN (events.ts > '1970-01-01 00:00:00'::timestamp) AND events.ts < $5::timestamp AND ((
kind = 2
) IS TRUE) THEN 6 /* gone */
  WHEN (events.day > '1970-01-01'::date) AND events.day < $6::date AND ((
kind = 3
) IS TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN ((
kind = 4
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kind = 4
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  greatest(events.tz::date, events.ts::date, events.day::date) AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-06-30 12:00:00', '2024-06-30', '2022-06-30T12:00:00Z', '2022-06-30 12:00:00', '2022-06-30');
DEALLOCATE count_rows;

-- all: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND (events.tz > '1970-01-01 00:00:00+00'::timestamptz OR events.ts > '1970-01-01 00:00:00'::timestamp OR events.day > '1970-01-01'::date) AND (events.tz < $3::timestamptz OR events.tz IS NULL) AND (events.ts < $4::timestamp OR events.ts IS NULL) AND (events.day < $5::date OR events.day IS NULL) AND ((
kind = 4
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z', '2022-06-30 12:00:00', '2022-06-30');
DEALLOCATE deed;

-- two: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN (events.tz IS NULL AND events.ts IS NULL) THEN 1 /* active */
  WHEN ((events.tz > '1970-01-01 00:00:00+00'::timestamptz OR events.ts > '1970-01-01 00:00:00'::timestamp)) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.tz > $1::timestamptz OR events.ts > $2::timestamp) THEN 3 /* future */
  WHEN ((events.tz > '1970-01-01 00:00:00+00'::timestamptz OR events.ts > '1970-01-01 00:00:00'::timestamp) AND (events.tz < $3::timestamptz OR events.tz IS NULL) AND (events.ts < $4::timestamp OR events.ts IS NULL)) IS NOT TRUE THEN 4 /* young */
  WHEN (events.tz > '1970-01-01 00:00:00+00'::timestamptz) AND events.tz < $3::timestamptz AND ((
kind = 1
) IS TRUE) THEN 6 /* gone */
  WHEN (events.ts > '1970-01-01 00:00:00'::timestamp) AND events.ts < $4::timestamp AND ((
kind = 2
) IS TRUE) THEN 6 /* gone */
  WHEN (events.day > '1970-01-01'::date) AND events.day < $5::date AND ((
kind = 3
) IS TRUE) THEN 6 /* gone */
  WHEN (events.tz > '1970-01-01 00:00:00+00'::timestamptz OR events.ts > '1970-01-01 00:00:00'::timestamp OR events.day > '1970-01-01'::date) AND (events.tz < $3::timestamptz OR events.tz IS NULL) AND (events.ts < $4::timestamp OR events.ts IS NULL) AND (events.day < $5::date OR events.day IS NULL) AND ((
kind = 4
) IS TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN ((
kind = 5
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kind = 5
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  greatest(events.tz::date, events.ts::date) AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-06-30 12:00:00', '2022-06-30T12:00:00Z', '2022-06-30 12:00:00', '2022-06-30');
DEALLOCATE count_rows;

-- two: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND (events.tz > '1970-01-01 00:00:00+00'::timestamptz OR events.ts > '1970-01-01 00:00:00'::timestamp) AND (events.tz < $3::timestamptz OR events.tz IS NULL) AND (events.ts < $4::timestamp OR events.ts IS NULL) AND ((
kind = 5
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z', '2022-06-30 12:00:00');
DEALLOCATE deed;
