
-- s: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN (((events.s > 0))) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.s > $1::bigint) THEN 3 /* future */
  WHEN (((events.s > 0)) AND events.s < $2::bigint) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN ((
kind = 1
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kind = 1
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (CASE WHEN (events.s > 0) AND events.s < 253402300800 THEN to_timestamp(events.s / 1.0::double precision)::date END) AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('1719748800', '1656590400');
DEALLOCATE count_rows;

-- s: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND ((events.s > 0)) AND events.s < $3::bigint AND ((
kind = 1
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '1656590400');
DEALLOCATE deed;

-- s-exact: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN (((events.n > 0))) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.n > $1::numeric) THEN 3 /* future */
  WHEN (((events.n > 0)) AND events.n < $2::numeric) IS NOT TRUE THEN 4 /* young */
  WHEN ((events.s > 0)) AND events.s < $3::bigint AND ((
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
  (CASE WHEN (events.n > 0) AND events.n < 253402300800 THEN to_timestamp(events.n / 1.0::double precision)::date END) AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('1719748800.000000', '1656590400.000000', '1656590400');
DEALLOCATE count_rows;

-- s-exact: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND ((events.n > 0)) AND events.n < $3::numeric AND ((
kind = 2
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '1656590400.000000');
DEALLOCATE deed;

-- ms: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN (events.ms IS NULL) THEN 1 /* active */
  WHEN (((events.ms > 0))) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.ms > $1::bigint) THEN 3 /* future */
  WHEN (((events.ms > 0)) AND events.ms < $2::bigint) IS NOT TRUE THEN 4 /* young */
  WHEN ((events.s > 0)) AND events.s < $3::bigint AND ((
kind = 1
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.n > 0)) AND events.n < $4::numeric AND ((
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
  (CASE WHEN (events.ms > 0) AND events.ms < 253402300800000 THEN to_timestamp(events.ms / 1000.0::double precision)::date END) AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('1719748800000', '1656590400000', '1656590400', '1656590400.000000');
DEALLOCATE count_rows;

-- ms: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND ((events.ms > 0)) AND events.ms < $3::bigint AND ((
kind = 3
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '1656590400000');
DEALLOCATE deed;

-- ms-exact: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN (((events.d > 0))) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.d > $1::double precision) THEN 3 /* future */
  WHEN (((events.d > 0)) AND events.d < $2::double precision) IS NOT TRUE THEN 4 /* young */
  WHEN ((events.s > 0)) AND events.s < $3::bigint AND ((
kind = 1
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.n > 0)) AND events.n < $4::numeric AND ((
kind = 2
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.ms > 0)) AND events.ms < $5::bigint AND ((
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
  (CASE WHEN (events.d > 0) AND events.d < 253402300800000 THEN to_timestamp(events.d / 1000.0::double precision)::date END) AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('1719748800000.000', '1656590400000.000', '1656590400', '1656590400.000000', '1656590400000');
DEALLOCATE count_rows;

-- ms-exact: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND ((events.d > 0)) AND events.d < $3::double precision AND ((
kind = 4
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '1656590400000.000');
DEALLOCATE deed;

-- us: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN (((events.ms > 0) OR (events.us > 0))) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.ms > $1::bigint OR events.us > $1::bigint) THEN 3 /* future */
  WHEN (((events.ms > 0) OR (events.us > 0)) AND (events.ms < $2::bigint OR events.ms IS NULL) AND (events.us < $2::bigint OR events.us IS NULL)) IS NOT TRUE THEN 4 /* young */
  WHEN ((events.s > 0)) AND events.s < $3::bigint AND ((
kind = 1
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.n > 0)) AND events.n < $4::numeric AND ((
kind = 2
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.ms > 0)) AND events.ms < $5::bigint AND ((
kind = 3
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.d > 0)) AND events.d < $6::double precision AND ((
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
  greatest(CASE WHEN (events.ms > 0) AND events.ms < 253402300800000000 THEN to_timestamp(events.ms / 1000000.0::double precision)::date END, CASE WHEN (events.us > 0) AND events.us < 253402300800000000 THEN to_timestamp(events.us / 1000000.0::double precision)::date END) AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('1719748800000000', '1656590400000000', '1656590400', '1656590400.000000', '1656590400000', '1656590400000.000');
DEALLOCATE count_rows;

-- us: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND ((events.ms > 0) OR (events.us > 0)) AND (events.ms < $3::bigint OR events.ms IS NULL) AND (events.us < $3::bigint OR events.us IS NULL) AND ((
kind = 5
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '1656590400000000');
DEALLOCATE deed;

-- key: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN (((events.id >= '00000000-0001-0000-0000-000000000000'::uuid AND substr(events.id::text, 15, 1) = '7'))) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.id > $1::uuid) THEN 3 /* future */
  WHEN (((events.id >= '00000000-0001-0000-0000-000000000000'::uuid AND substr(events.id::text, 15, 1) = '7')) AND events.id < $2::uuid) IS NOT TRUE THEN 4 /* young */
  WHEN ((events.s > 0)) AND events.s < $3::bigint AND ((
kind = 1
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.n > 0)) AND events.n < $4::numeric AND ((
kind = 2
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.ms > 0)) AND events.ms < $5::bigint AND ((
kind = 3
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.d > 0)) AND events.d < $6::double precision AND ((
kind = 4
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.ms > 0) OR (events.us > 0)) AND (events.ms < $7::bigint OR events.ms IS NULL) AND (events.us < $7::bigint OR events.us IS NULL) AND ((
kind = 5
) IS TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN ((
kind = 6
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kind = 6
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (CASE WHEN (events.id >= '00000000-0001-0000-0000-000000000000'::uuid AND substr(events.id::text, 15, 1) = '7') THEN to_timestamp(('x0000' || substr(replace(events.id::text, '-', ''), 1, 12))::bit(64)::bigint / 1000.0)::date END) AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('01906904-2e00-0000-0000-000000000000', '0181b47b-7a00-0000-0000-000000000000', '1656590400', '1656590400.000000', '1656590400000', '1656590400000.000', '1656590400000000');
DEALLOCATE count_rows;

-- key: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND ((events.id >= '00000000-0001-0000-0000-000000000000'::uuid AND substr(events.id::text, 15, 1) = '7')) AND events.id < $3::uuid AND ((
kind = 6
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '0181b47b-7a00-0000-0000-000000000000');
DEALLOCATE deed;

-- ulid: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN (((events.id >= '00000000-0001-0000-0000-000000000000'::uuid))) IS NOT TRUE THEN 2 /* undated */
  WHEN (events.id > $1::uuid) THEN 3 /* future */
  WHEN (((events.id >= '00000000-0001-0000-0000-000000000000'::uuid)) AND events.id < $2::uuid) IS NOT TRUE THEN 4 /* young */
  WHEN ((events.s > 0)) AND events.s < $3::bigint AND ((
kind = 1
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.n > 0)) AND events.n < $4::numeric AND ((
kind = 2
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.ms > 0)) AND events.ms < $5::bigint AND ((
kind = 3
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.d > 0)) AND events.d < $6::double precision AND ((
kind = 4
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.ms > 0) OR (events.us > 0)) AND (events.ms < $7::bigint OR events.ms IS NULL) AND (events.us < $7::bigint OR events.us IS NULL) AND ((
kind = 5
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.id >= '00000000-0001-0000-0000-000000000000'::uuid AND substr(events.id::text, 15, 1) = '7')) AND events.id < $2::uuid AND ((
kind = 6
) IS TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN ((
kind = 7
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kind = 7
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (CASE WHEN (events.id >= '00000000-0001-0000-0000-000000000000'::uuid) THEN to_timestamp(('x0000' || substr(replace(events.id::text, '-', ''), 1, 12))::bit(64)::bigint / 1000.0)::date END) AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('01906904-2e00-0000-0000-000000000000', '0181b47b-7a00-0000-0000-000000000000', '1656590400', '1656590400.000000', '1656590400000', '1656590400000.000', '1656590400000000');
DEALLOCATE count_rows;

-- ulid: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND ((events.id >= '00000000-0001-0000-0000-000000000000'::uuid)) AND events.id < $3::uuid AND ((
kind = 7
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '0181b47b-7a00-0000-0000-000000000000');
DEALLOCATE deed;

-- ulid-text: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN (((upper(events.key::text COLLATE "C") >= '00000000010000000000000000'::text AND upper(events.key::text COLLATE "C") ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$'))) IS NOT TRUE THEN 2 /* undated */
  WHEN (upper(events.key::text COLLATE "C") > $1::text) THEN 3 /* future */
  WHEN (((upper(events.key::text COLLATE "C") >= '00000000010000000000000000'::text AND upper(events.key::text COLLATE "C") ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$')) AND upper(events.key::text COLLATE "C") < $2::text) IS NOT TRUE THEN 4 /* young */
  WHEN ((events.s > 0)) AND events.s < $3::bigint AND ((
kind = 1
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.n > 0)) AND events.n < $4::numeric AND ((
kind = 2
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.ms > 0)) AND events.ms < $5::bigint AND ((
kind = 3
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.d > 0)) AND events.d < $6::double precision AND ((
kind = 4
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.ms > 0) OR (events.us > 0)) AND (events.ms < $7::bigint OR events.ms IS NULL) AND (events.us < $7::bigint OR events.us IS NULL) AND ((
kind = 5
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.id >= '00000000-0001-0000-0000-000000000000'::uuid AND substr(events.id::text, 15, 1) = '7')) AND events.id < $8::uuid AND ((
kind = 6
) IS TRUE) THEN 6 /* gone */
  WHEN ((events.id >= '00000000-0001-0000-0000-000000000000'::uuid)) AND events.id < $8::uuid AND ((
kind = 7
) IS TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN ((
kind = 8
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kind = 8
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (CASE WHEN (upper(events.key::text COLLATE "C") >= '00000000010000000000000000'::text AND upper(events.key::text COLLATE "C") ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$') THEN to_timestamp((SELECT sum((strpos('0123456789ABCDEFGHJKMNPQRSTVWXYZ', substr(upper(events.key::text COLLATE "C"), i, 1)) - 1) * 32::numeric ^ (10 - i)) FROM generate_series(1, 10) AS i) / 1000.0)::date END) AS clock, events.ctid AS place
FROM app.events AS events) AS classified
GROUP BY class;
EXECUTE count_rows('01J1MG8BG00000000000000000', '01G6T7PYG00000000000000000', '1656590400', '1656590400.000000', '1656590400000', '1656590400000.000', '1656590400000000', '0181b47b-7a00-0000-0000-000000000000');
DEALLOCATE count_rows;

-- ulid-text: purge app.events
PREPARE deed AS
DELETE FROM ONLY app.events AS events
WHERE events.ctid >= $1::tid AND events.ctid < $2::tid
  AND ((upper(events.key::text COLLATE "C") >= '00000000010000000000000000'::text AND upper(events.key::text COLLATE "C") ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$')) AND upper(events.key::text COLLATE "C") < $3::text AND ((
kind = 8
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '01G6T7PYG00000000000000000');
DEALLOCATE deed;
