
-- half: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((logs.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (logs.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((logs.at > '1970-01-01 00:00:00+00'::timestamptz) AND logs.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN ((
not loud
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
not loud
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  logs.at AS clock, logs.ctid AS place
FROM app.logs AS logs) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- half: purge app.logs
PREPARE deed AS
DELETE FROM ONLY app.logs AS logs
WHERE logs.ctid >= $1::tid AND logs.ctid < $2::tid
  AND (logs.at > '1970-01-01 00:00:00+00'::timestamptz) AND logs.at < $3::timestamptz AND ((
not loud
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- end: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((ends.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (ends.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((ends.at > '1970-01-01 00:00:00+00'::timestamptz) AND ends.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN ((
loud
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
loud
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  ends.at AS clock, ends.ctid AS place
FROM app.ends AS ends) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- end: purge app.ends
PREPARE deed AS
DELETE FROM ONLY app.ends AS ends
WHERE ends.ctid >= $1::tid AND ends.ctid < $2::tid
  AND (ends.at > '1970-01-01 00:00:00+00'::timestamptz) AND ends.at < $3::timestamptz AND ((
loud
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- users: refused, label-pseudonymous

-- direct: refused, label-pseudonymous

-- over: refused, label-pseudonymous

-- accepted: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((visits.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (visits.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((visits.at > '1970-01-01 00:00:00+00'::timestamptz) AND visits.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT (((visits.ip::text COLLATE pg_catalog."C") IS DISTINCT FROM ((network(CASE WHEN visits.ip::inet <<= '::ffff:0:0/96'::inet THEN set_masklen('0.0.0.0'::inet + (set_masklen(visits.ip::inet, 128) - '::ffff:0:0'::inet), least(masklen(visits.ip::inet) - 96, 24)) ELSE set_masklen(visits.ip::inet, least(masklen(visits.ip::inet), CASE WHEN family(visits.ip::inet) = 4 THEN 24 WHEN visits.ip::inet <<= '2002::/16'::inet THEN 40 ELSE 48 END)) END))::inet)::text)) THEN 5 /* done */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  visits.at AS clock, visits.ctid AS place
FROM app.visits AS visits) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- accepted: anonymise app.visits
PREPARE deed AS
UPDATE ONLY app.visits AS visits SET ip = (network(CASE WHEN visits.ip::inet <<= '::ffff:0:0/96'::inet THEN set_masklen('0.0.0.0'::inet + (set_masklen(visits.ip::inet, 128) - '::ffff:0:0'::inet), least(masklen(visits.ip::inet) - 96, 24)) ELSE set_masklen(visits.ip::inet, least(masklen(visits.ip::inet), CASE WHEN family(visits.ip::inet) = 4 THEN 24 WHEN visits.ip::inet <<= '2002::/16'::inet THEN 40 ELSE 48 END)) END))::inet
WHERE visits.ctid >= $1::tid AND visits.ctid < $2::tid
  AND (visits.at > '1970-01-01 00:00:00+00'::timestamptz) AND visits.at < $3::timestamptz AND (((visits.ip::text COLLATE pg_catalog."C") IS DISTINCT FROM ((network(CASE WHEN visits.ip::inet <<= '::ffff:0:0/96'::inet THEN set_masklen('0.0.0.0'::inet + (set_masklen(visits.ip::inet, 128) - '::ffff:0:0'::inet), least(masklen(visits.ip::inet) - 96, 24)) ELSE set_masklen(visits.ip::inet, least(masklen(visits.ip::inet), CASE WHEN family(visits.ip::inet) = 4 THEN 24 WHEN visits.ip::inet <<= '2002::/16'::inet THEN 40 ELSE 48 END)) END))::inet)::text));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- cut-first: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((orders.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (orders.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((orders.at > '1970-01-01 00:00:00+00'::timestamptz) AND orders.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((orders.user_id IS DISTINCT FROM NULL) OR (orders.token IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  orders.at AS clock, orders.ctid AS place
FROM app.orders AS orders) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-04-01T12:00:00Z');
DEALLOCATE count_rows;

-- cut-first: anonymise app.orders
PREPARE deed AS
UPDATE ONLY app.orders AS orders SET user_id = CASE WHEN (orders.user_id IS DISTINCT FROM NULL) THEN (NULL)::int8 ELSE orders.user_id END,
  token = CASE WHEN (orders.token IS DISTINCT FROM NULL) THEN (NULL)::text ELSE orders.token END
WHERE orders.ctid >= $1::tid AND orders.ctid < $2::tid
  AND (orders.at > '1970-01-01 00:00:00+00'::timestamptz) AND orders.at < $3::timestamptz AND ((orders.user_id IS DISTINCT FROM NULL) OR (orders.token IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2024-04-01T12:00:00Z');
DEALLOCATE deed;

-- cut: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((orders.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (orders.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((orders.at > '1970-01-01 00:00:00+00'::timestamptz) AND orders.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((orders.note IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  orders.at AS clock, orders.ctid AS place
FROM app.orders AS orders) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- cut: anonymise app.orders
PREPARE deed AS
UPDATE ONLY app.orders AS orders SET note = CASE WHEN (orders.note IS DISTINCT FROM NULL) THEN (NULL)::text ELSE orders.note END
WHERE orders.ctid >= $1::tid AND orders.ctid < $2::tid
  AND (orders.at > '1970-01-01 00:00:00+00'::timestamptz) AND orders.at < $3::timestamptz AND ((orders.note IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- needless: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((plain.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (plain.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((plain.at > '1970-01-01 00:00:00+00'::timestamptz) AND plain.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT (((plain.ip::text COLLATE pg_catalog."C") IS DISTINCT FROM ((network(CASE WHEN plain.ip::inet <<= '::ffff:0:0/96'::inet THEN set_masklen('0.0.0.0'::inet + (set_masklen(plain.ip::inet, 128) - '::ffff:0:0'::inet), least(masklen(plain.ip::inet) - 96, 24)) ELSE set_masklen(plain.ip::inet, least(masklen(plain.ip::inet), CASE WHEN family(plain.ip::inet) = 4 THEN 24 WHEN plain.ip::inet <<= '2002::/16'::inet THEN 40 ELSE 48 END)) END))::inet)::text)) THEN 5 /* done */
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

-- needless: anonymise app.plain
PREPARE deed AS
UPDATE ONLY app.plain AS plain SET ip = (network(CASE WHEN plain.ip::inet <<= '::ffff:0:0/96'::inet THEN set_masklen('0.0.0.0'::inet + (set_masklen(plain.ip::inet, 128) - '::ffff:0:0'::inet), least(masklen(plain.ip::inet) - 96, 24)) ELSE set_masklen(plain.ip::inet, least(masklen(plain.ip::inet), CASE WHEN family(plain.ip::inet) = 4 THEN 24 WHEN plain.ip::inet <<= '2002::/16'::inet THEN 40 ELSE 48 END)) END))::inet
WHERE plain.ctid >= $1::tid AND plain.ctid < $2::tid
  AND (plain.at > '1970-01-01 00:00:00+00'::timestamptz) AND plain.at < $3::timestamptz AND (((plain.ip::text COLLATE pg_catalog."C") IS DISTINCT FROM ((network(CASE WHEN plain.ip::inet <<= '::ffff:0:0/96'::inet THEN set_masklen('0.0.0.0'::inet + (set_masklen(plain.ip::inet, 128) - '::ffff:0:0'::inet), least(masklen(plain.ip::inet) - 96, 24)) ELSE set_masklen(plain.ip::inet, least(masklen(plain.ip::inet), CASE WHEN family(plain.ip::inet) = 4 THEN 24 WHEN plain.ip::inet <<= '2002::/16'::inet THEN 40 ELSE 48 END)) END))::inet)::text));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- hashed: refused, pseudonymise-unfinished

-- kept-hash: refused, label-pseudonymous

-- ended: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((ends.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (ends.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((ends.at > '1970-01-01 00:00:00+00'::timestamptz) AND ends.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((((ends.who::text COLLATE pg_catalog."C") !~ '^h1:[0-9a-f]{8}:[0-9a-f]{64}$') IS TRUE)) THEN 5 /* done */
  WHEN (ends.at > '1970-01-01 00:00:00+00'::timestamptz) AND ends.at < $3::timestamptz AND ((
loud
) IS TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN ((
loud
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
loud
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  ends.at AS clock, ends.ctid AS place
FROM app.ends AS ends) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-04-01T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- ended: pseudonymise app.ends
PREPARE deed AS
UPDATE ONLY app.ends AS ends SET who = CASE WHEN (((ends.who::text COLLATE pg_catalog."C") !~ '^h1:[0-9a-f]{8}:[0-9a-f]{64}$') IS TRUE) THEN ('h1:' || $3::text || ':' || encode(sha256($4::bytea || sha256($4::bytea || convert_to((ends.who::text COLLATE pg_catalog."C"), 'UTF8'))), 'hex'))::text ELSE ends.who END
WHERE ends.ctid >= $1::tid AND ends.ctid < $2::tid
  AND (ends.at > '1970-01-01 00:00:00+00'::timestamptz) AND ends.at < $5::timestamptz AND ((
loud
) IS TRUE) AND ((((ends.who::text COLLATE pg_catalog."C") !~ '^h1:[0-9a-f]{8}:[0-9a-f]{64}$') IS TRUE));
EXECUTE deed('(0,0)', '(4294967295,0)', :'secret_3', :'secret_4', '2024-04-01T12:00:00Z');
DEALLOCATE deed;
