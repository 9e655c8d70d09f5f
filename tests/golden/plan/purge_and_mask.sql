
-- gone: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((users.seen_at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (users.seen_at > $1::timestamptz) THEN 3 /* future */
  WHEN ((users.seen_at > '1970-01-01 00:00:00+00'::timestamptz) AND users.seen_at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN ((
kept
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kept
) IS FALSE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  users.seen_at AS clock, users.ctid AS place
FROM app.users AS users) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- gone: purge app.users
PREPARE deed AS
DELETE FROM ONLY app.users AS users
WHERE users.ctid >= $1::tid AND users.ctid < $2::tid
  AND (users.seen_at > '1970-01-01 00:00:00+00'::timestamptz) AND users.seen_at < $3::timestamptz AND ((
kept
) IS FALSE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- early-purge: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((texts.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (texts.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  texts.at AS clock, texts.ctid AS place
FROM app.texts AS texts) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-04-01T12:00:00Z');
DEALLOCATE count_rows;

-- early-purge: purge app.texts
PREPARE deed AS
DELETE FROM ONLY app.texts AS texts
WHERE texts.ctid >= $1::tid AND texts.ctid < $2::tid
  AND (texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2024-04-01T12:00:00Z');
DEALLOCATE deed;

-- scoped: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((texts.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (texts.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN (texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $2::timestamptz THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN ((
body is null
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
body is null
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  texts.at AS clock, texts.ctid AS place
FROM app.texts AS texts) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-04-01T12:00:00Z');
DEALLOCATE count_rows;

-- scoped: purge app.texts
PREPARE deed AS
DELETE FROM ONLY app.texts AS texts
WHERE texts.ctid >= $1::tid AND texts.ctid < $2::tid
  AND (texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $3::timestamptz AND ((
body is null
) IS TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2024-04-01T12:00:00Z');
DEALLOCATE deed;

-- mails: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((mails.at > '1970-01-01 00:00:00+00'::timestamptz OR mails.read_at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (mails.at > $1::timestamptz OR mails.read_at > $1::timestamptz) THEN 3 /* future */
  WHEN ((mails.at > '1970-01-01 00:00:00+00'::timestamptz OR mails.read_at > '1970-01-01 00:00:00+00'::timestamptz) AND (mails.at < $2::timestamptz OR mails.at IS NULL) AND (mails.read_at < $2::timestamptz OR mails.read_at IS NULL)) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  greatest(mails.at::date, mails.read_at::date) AS clock, mails.ctid AS place
FROM app.mails AS mails) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-04-01T12:00:00Z');
DEALLOCATE count_rows;

-- mails: purge app.mails
PREPARE deed AS
DELETE FROM ONLY app.mails AS mails
WHERE mails.ctid >= $1::tid AND mails.ctid < $2::tid
  AND (mails.at > '1970-01-01 00:00:00+00'::timestamptz OR mails.read_at > '1970-01-01 00:00:00+00'::timestamptz) AND (mails.at < $3::timestamptz OR mails.at IS NULL) AND (mails.read_at < $3::timestamptz OR mails.read_at IS NULL);
EXECUTE deed('(0,0)', '(4294967295,0)', '2024-04-01T12:00:00Z');
DEALLOCATE deed;

-- mask: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((users.seen_at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (users.seen_at > $1::timestamptz) THEN 3 /* future */
  WHEN ((users.seen_at > '1970-01-01 00:00:00+00'::timestamptz) AND users.seen_at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((users.name IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN (users.seen_at > '1970-01-01 00:00:00+00'::timestamptz) AND users.seen_at < $3::timestamptz AND ((
kept
) IS FALSE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  users.seen_at AS clock, users.ctid AS place
FROM app.users AS users) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-04-01T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- mask: anonymise app.users
PREPARE deed AS
UPDATE ONLY app.users AS users SET name = CASE WHEN (users.name IS DISTINCT FROM NULL) THEN (NULL)::text ELSE users.name END
WHERE users.ctid >= $1::tid AND users.ctid < $2::tid
  AND (users.seen_at > '1970-01-01 00:00:00+00'::timestamptz) AND users.seen_at < $3::timestamptz AND ((users.name IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2024-04-01T12:00:00Z');
DEALLOCATE deed;

-- late-mask: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((texts.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (texts.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((texts.body IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN (texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $3::timestamptz THEN 6 /* gone */
  WHEN (texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $3::timestamptz AND ((
body is null
) IS TRUE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  texts.at AS clock, texts.ctid AS place
FROM app.texts AS texts) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z', '2024-04-01T12:00:00Z');
DEALLOCATE count_rows;

-- late-mask: anonymise app.texts
PREPARE deed AS
UPDATE ONLY app.texts AS texts SET body = CASE WHEN (texts.body IS DISTINCT FROM NULL) THEN (NULL)::text ELSE texts.body END
WHERE texts.ctid >= $1::tid AND texts.ctid < $2::tid
  AND (texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $3::timestamptz AND ((texts.body IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- other-clock: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((mails.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (mails.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((mails.at > '1970-01-01 00:00:00+00'::timestamptz) AND mails.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN NOT ((mails.body IS DISTINCT FROM NULL)) THEN 5 /* done */
  WHEN (mails.at > '1970-01-01 00:00:00+00'::timestamptz OR mails.read_at > '1970-01-01 00:00:00+00'::timestamptz) AND (mails.at < $3::timestamptz OR mails.at IS NULL) AND (mails.read_at < $3::timestamptz OR mails.read_at IS NULL) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  mails.at AS clock, mails.ctid AS place
FROM app.mails AS mails) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z', '2024-04-01T12:00:00Z');
DEALLOCATE count_rows;

-- other-clock: anonymise app.mails
PREPARE deed AS
UPDATE ONLY app.mails AS mails SET body = CASE WHEN (mails.body IS DISTINCT FROM NULL) THEN (NULL)::text ELSE mails.body END
WHERE mails.ctid >= $1::tid AND mails.ctid < $2::tid
  AND (mails.at > '1970-01-01 00:00:00+00'::timestamptz) AND mails.at < $3::timestamptz AND ((mails.body IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
