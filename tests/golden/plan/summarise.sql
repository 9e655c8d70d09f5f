
-- days: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, NULL, NULL FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((views.seen_on > '1970-01-01'::date)) IS NOT TRUE THEN 2 /* undated */
  WHEN (views.seen_on > $1::date) THEN 3 /* future */
  WHEN ((views.seen_on > '1970-01-01'::date) AND views.seen_on < $2::date) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  views.seen_on AS clock
FROM app.views AS views) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30', '2023-06-30');
DEALLOCATE count_rows;

-- days: summarise app.views
-- the last whole day; the others differ in its two ends only
PREPARE deed AS
WITH gone AS (
  DELETE FROM ONLY app.views AS views
  WHERE (views.seen_on >= $1::date) AND views.seen_on < $2::date
    AND (views.seen_on > '1970-01-01'::date) AND views.seen_on < $2::date
  RETURNING views.kind AS by_1
), groups AS (
  SELECT by_1, count(*) AS size, count(*) AS measure_1
  FROM gone GROUP BY by_1
), judged AS (
  SELECT groups.*, size >= $3::bigint OR EXISTS (SELECT FROM app.view_days AS kept
    WHERE kept."Day" = $4::timestamptz AND kept.kind IS NOT DISTINCT FROM groups.by_1) AS stands
  FROM groups
), placed AS (
  SELECT CASE WHEN stands THEN by_1 END AS by_1, sum(measure_1) AS measure_1
  FROM judged GROUP BY 1
), found AS (
  SELECT placed.*, (SELECT kept.ctid FROM app.view_days AS kept
    WHERE kept."Day" = $4::timestamptz AND kept.kind IS NOT DISTINCT FROM placed.by_1
    LIMIT 1) AS place
  FROM placed
), added AS (
  UPDATE ONLY app.view_days AS kept SET views = coalesce(kept.views, '0') + found.measure_1
  FROM found WHERE kept.ctid = found.place
  RETURNING 1
), made AS (
  INSERT INTO app.view_days ("Day", kind, views)
  SELECT $4::timestamptz, by_1, measure_1
  FROM found WHERE place IS NULL
  RETURNING 1
)
SELECT (SELECT count(*) FROM gone),
  (SELECT count(*) FROM found) = (SELECT count(*) FROM added) + (SELECT count(*) FROM made);
EXECUTE deed('2023-06-29', '2023-06-30', '10', '2023-06-29T00:00:00Z');
DEALLOCATE deed;

-- weeks: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, NULL, NULL FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN (((texts.sent > 0) OR (texts.received > 0))) IS NOT TRUE THEN 2 /* undated */
  WHEN (texts.sent > $1::bigint OR texts.received > $2::numeric) THEN 3 /* future */
  WHEN (((texts.sent > 0) OR (texts.received > 0)) AND (texts.sent < $3::bigint OR texts.sent IS NULL) AND (texts.received < $4::numeric OR texts.received IS NULL)) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  greatest(CASE WHEN (texts.sent > 0) AND texts.sent < 253402300800 THEN to_timestamp(texts.sent / 1.0::double precision)::date END, CASE WHEN (texts.received > 0) AND texts.received < 253402300800 THEN to_timestamp(texts.received / 1.0::double precision)::date END) AS clock
FROM app.texts AS texts) AS classified
GROUP BY class;
EXECUTE count_rows('1719748800', '1719748800.000000', '1687737600', '1687737600.000000');
DEALLOCATE count_rows;

-- weeks: summarise app.texts
-- the last whole week; the others differ in its two ends only
PREPARE deed AS
WITH gone AS (
  DELETE FROM ONLY app.texts AS texts
  WHERE (texts.sent >= $1::bigint OR texts.received >= $2::numeric) AND (texts.sent < $3::bigint OR texts.sent IS NULL) AND (texts.received < $4::numeric OR texts.received IS NULL)
    AND ((texts.sent > 0) OR (texts.received > 0)) AND (texts.sent < $3::bigint OR texts.sent IS NULL) AND (texts.received < $4::numeric OR texts.received IS NULL)
  RETURNING texts.code::text COLLATE "C" AS by_1
), groups AS (
  SELECT by_1, count(*) AS size, count(*) AS measure_1
  FROM gone GROUP BY by_1
), judged AS (
  SELECT groups.*, size >= $5::bigint OR EXISTS (SELECT FROM app.text_weeks AS kept
    WHERE kept.week = $6::timestamp AND kept.code::text COLLATE "C" IS NOT DISTINCT FROM groups.by_1) AS stands
  FROM groups
), placed AS (
  SELECT CASE WHEN stands THEN by_1 ELSE 'other' END AS by_1, sum(measure_1) AS measure_1
  FROM judged GROUP BY 1
), found AS (
  SELECT placed.*, (SELECT kept.ctid FROM app.text_weeks AS kept
    WHERE kept.week = $6::timestamp AND kept.code::text COLLATE "C" IS NOT DISTINCT FROM placed.by_1
    LIMIT 1) AS place
  FROM placed
), added AS (
  UPDATE ONLY app.text_weeks AS kept SET texts = coalesce(kept.texts, '0') + found.measure_1
  FROM found WHERE kept.ctid = found.place
  RETURNING 1
), made AS (
  INSERT INTO app.text_weeks (week, code, texts)
  SELECT $6::timestamp, by_1, measure_1
  FROM found WHERE place IS NULL
  RETURNING 1
)
SELECT (SELECT count(*) FROM gone),
  (SELECT count(*) FROM found) = (SELECT count(*) FROM added) + (SELECT count(*) FROM made);
EXECUTE deed('1687132800', '1687132800.000000', '1687737600', '1687737600.000000', '5', '2023-06-19 00:00:00');
DEALLOCATE deed;

-- quarters: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, NULL, NULL FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND false) THEN 1 /* active */
  WHEN (EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND (calls.started_at > '1970-01-01 00:00:00+00'::timestamptz))) IS NOT TRUE THEN 2 /* undated */
  WHEN EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND (calls.started_at > $1::timestamptz)) THEN 3 /* future */
  WHEN (EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND (calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $2::timestamptz)) IS NOT TRUE THEN 4 /* young */
  WHEN EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND ((
id = 7
) IS NOT FALSE))) THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  (SELECT (calls.started_at::date) FROM app.calls AS calls WHERE calls.id = notes.call_id LIMIT 1) AS clock
FROM app.notes AS notes) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-04-01T00:00:00Z');
DEALLOCATE count_rows;

-- quarters: summarise app.notes
-- the last whole quarter; the others differ in its two ends only
PREPARE deed AS
WITH gone AS (
  DELETE FROM ONLY app.notes AS notes
  WHERE EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND (calls.started_at >= $1::timestamptz) AND calls.started_at < $2::timestamptz)
    AND EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND (calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $2::timestamptz) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND ((
id = 7
) IS NOT FALSE)))
  RETURNING notes.kind::text COLLATE "C" AS by_1
), groups AS (
  SELECT by_1, count(*) AS size, count(*) AS measure_1
  FROM gone GROUP BY by_1
), judged AS (
  SELECT groups.*, size >= $3::bigint OR EXISTS (SELECT FROM app.note_quarters AS kept
    WHERE kept.since = $4::date AND kept.kind::text COLLATE "C" IS NOT DISTINCT FROM groups.by_1) AS stands
  FROM groups
), placed AS (
  SELECT CASE WHEN stands THEN by_1 ELSE 'other' END AS by_1, sum(measure_1) AS measure_1
  FROM judged GROUP BY 1
), found AS (
  SELECT placed.*, (SELECT kept.ctid FROM app.note_quarters AS kept
    WHERE kept.since = $4::date AND kept.kind::text COLLATE "C" IS NOT DISTINCT FROM placed.by_1
    LIMIT 1) AS place
  FROM placed
), added AS (
  UPDATE ONLY app.note_quarters AS kept SET notes = coalesce(kept.notes, '0') + found.measure_1
  FROM found WHERE kept.ctid = found.place
  RETURNING 1
), made AS (
  INSERT INTO app.note_quarters (since, kind, notes)
  SELECT $4::date, by_1, measure_1
  FROM found WHERE place IS NULL
  RETURNING 1
)
SELECT (SELECT count(*) FROM gone),
  (SELECT count(*) FROM found) = (SELECT count(*) FROM added) + (SELECT count(*) FROM made);
EXECUTE deed('2023-01-01T00:00:00Z', '2023-04-01T00:00:00Z', '10', '2023-01-01');
DEALLOCATE deed;

-- months: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, NULL, NULL FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls.started_at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls.started_at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND ((
id = 7
) IS NOT FALSE)) THEN 7 /* held */
  WHEN ((
direction <> 'test'
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
direction <> 'test'
) IS TRUE)) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id AND ((EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND (calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $3::timestamptz) AND NOT EXISTS (SELECT FROM app.calls AS calls WHERE calls.id = notes.call_id AND EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND ((
id = 7
) IS NOT FALSE))))) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  calls.started_at AS clock
FROM app.calls AS calls) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2023-06-01T00:00:00Z', '2023-04-01T00:00:00Z');
DEALLOCATE count_rows;

-- months: summarise app.calls
-- the last whole month; the others differ in its two ends only
PREPARE deed AS
WITH gone AS (
  DELETE FROM ONLY app.calls AS calls
  WHERE (calls.started_at >= $1::timestamptz) AND calls.started_at < $2::timestamptz
    AND (calls.started_at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.started_at < $2::timestamptz AND ((
direction <> 'test'
) IS TRUE) AND NOT EXISTS (SELECT FROM app.accounts AS accounts WHERE accounts.id = calls.account_id AND ((
id = 7
) IS NOT FALSE)) AND NOT EXISTS (SELECT FROM app.notes AS notes WHERE notes.call_id = calls.id)
  RETURNING calls.direction::text COLLATE "C" AS by_1, calls.country::text COLLATE "C" AS by_2, calls.hour AS by_3, calls.duration AS value_2, calls.price AS value_3, calls.ringing AS value_4, calls.weight::numeric AS value_5, calls.duration AS value_6, calls.started_at AS value_7
), groups AS (
  SELECT by_1, by_2, by_3, count(*) AS size, count(*) AS measure_1, coalesce(sum(value_2), '0') AS measure_2, coalesce(sum(value_3), '0') AS measure_3, coalesce(sum(value_4), '0') AS measure_4, coalesce(sum(value_5), '0') AS measure_5, min(value_6) AS measure_6, max(value_7) AS measure_7
  FROM gone GROUP BY by_1, by_2, by_3
), judged AS (
  SELECT groups.*, size >= $3::bigint OR EXISTS (SELECT FROM app.call_statistics AS kept
    WHERE kept.period = $4::date AND kept.direction::text COLLATE "C" IS NOT DISTINCT FROM groups.by_1 AND kept.country::text COLLATE "C" IS NOT DISTINCT FROM groups.by_2 AND kept.hour IS NOT DISTINCT FROM groups.by_3) AS stands
  FROM groups
), placed AS (
  SELECT CASE WHEN stands THEN by_1 ELSE 'other' END AS by_1, CASE WHEN stands THEN by_2 ELSE 'other' END AS by_2, CASE WHEN stands THEN by_3 END AS by_3, sum(measure_1) AS measure_1, sum(measure_2) AS measure_2, sum(measure_3) AS measure_3, sum(measure_4) AS measure_4, sum(measure_5) AS measure_5, min(measure_6) AS measure_6, max(measure_7) AS measure_7
  FROM judged GROUP BY 1, 2, 3
), found AS (
  SELECT placed.*, (SELECT kept.ctid FROM app.call_statistics AS kept
    WHERE kept.period = $4::date AND kept.direction::text COLLATE "C" IS NOT DISTINCT FROM placed.by_1 AND kept.country::text COLLATE "C" IS NOT DISTINCT FROM placed.by_2 AND kept.hour IS NOT DISTINCT FROM placed.by_3
    LIMIT 1) AS place
  FROM placed
), added AS (
  UPDATE ONLY app.call_statistics AS kept SET calls = coalesce(kept.calls, '0') + found.measure_1,
    seconds = coalesce(kept.seconds, '0') + found.measure_2,
    price = coalesce(kept.price, '0') + found.measure_3,
    ringing = coalesce(kept.ringing, '0') + found.measure_4,
    weight = coalesce(kept.weight, '0') + found.measure_5,
    shortest = least(kept.shortest, found.measure_6),
    latest = greatest(kept.latest, found.measure_7)
  FROM found WHERE kept.ctid = found.place
  RETURNING 1
), made AS (
  INSERT INTO app.call_statistics (period, direction, country, hour, calls, seconds, price, ringing, weight, shortest, latest)
  SELECT $4::date, by_1, by_2, by_3, measure_1, measure_2, measure_3, measure_4, measure_5, measure_6, measure_7
  FROM found WHERE place IS NULL
  RETURNING 1
)
SELECT (SELECT count(*) FROM gone),
  (SELECT count(*) FROM found) = (SELECT count(*) FROM added) + (SELECT count(*) FROM made);
EXECUTE deed('2023-05-01T00:00:00Z', '2023-06-01T00:00:00Z', '20', '2023-05-01');
DEALLOCATE deed;

-- years: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, NULL, NULL FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN (("Odd Table".at > '1970-01-01 00:00:00'::timestamp)) IS NOT TRUE THEN 2 /* undated */
  WHEN ("Odd Table".at > $1::timestamp) THEN 3 /* future */
  WHEN (("Odd Table".at > '1970-01-01 00:00:00'::timestamp) AND "Odd Table".at < $2::timestamp) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  "Odd Table".at AS clock
FROM app."Odd Table" AS "Odd Table") AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30 12:00:00', '2023-01-01 00:00:00');
DEALLOCATE count_rows;

-- years: summarise app.Odd Table
-- the last whole year; the others differ in its two ends only
PREPARE deed AS
WITH gone AS (
  DELETE FROM ONLY app."Odd Table" AS "Odd Table"
  WHERE ("Odd Table".at >= $1::timestamp) AND "Odd Table".at < $2::timestamp
    AND ("Odd Table".at > '1970-01-01 00:00:00'::timestamp) AND "Odd Table".at < $2::timestamp
  RETURNING "Odd Table"."a kind"::text COLLATE "C" AS by_1
), groups AS (
  SELECT by_1, count(*) AS size, count(*) AS measure_1
  FROM gone GROUP BY by_1
), judged AS (
  SELECT groups.*, size >= $3::bigint OR EXISTS (SELECT FROM app."Odd Years" AS kept
    WHERE kept."the year" = $4::date AND kept."a kind"::text COLLATE "C" IS NOT DISTINCT FROM groups.by_1) AS stands
  FROM groups
), placed AS (
  SELECT CASE WHEN stands THEN by_1 ELSE 'other' END AS by_1, sum(measure_1) AS measure_1
  FROM judged GROUP BY 1
), found AS (
  SELECT placed.*, (SELECT kept.ctid FROM app."Odd Years" AS kept
    WHERE kept."the year" = $4::date AND kept."a kind"::text COLLATE "C" IS NOT DISTINCT FROM placed.by_1
    LIMIT 1) AS place
  FROM placed
), added AS (
  UPDATE ONLY app."Odd Years" AS kept SET "how many" = coalesce(kept."how many", '0') + found.measure_1
  FROM found WHERE kept.ctid = found.place
  RETURNING 1
), made AS (
  INSERT INTO app."Odd Years" ("the year", "a kind", "how many")
  SELECT $4::date, by_1, measure_1
  FROM found WHERE place IS NULL
  RETURNING 1
)
SELECT (SELECT count(*) FROM gone),
  (SELECT count(*) FROM found) = (SELECT count(*) FROM added) + (SELECT count(*) FROM made);
EXECUTE deed('2022-01-01 00:00:00', '2023-01-01 00:00:00', '10', '2022-01-01');
DEALLOCATE deed;
