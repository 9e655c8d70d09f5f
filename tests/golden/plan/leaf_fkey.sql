
-- app.notes-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (notes.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN ((
notes.kept
) IS NOT FALSE) THEN 7 /* held */
  WHEN ((
notes.id > 0
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
notes.id > 0
) IS TRUE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  notes.at AS clock, notes.tableoid AS leaf, notes.ctid AS place
FROM app.notes AS notes) AS classified
GROUP BY class, leaf;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.notes-old: purge app.notes_1
PREPARE deed AS
DELETE FROM ONLY app.notes_1 AS notes
WHERE notes.ctid >= $1::tid AND notes.ctid < $2::tid
  AND (notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $3::timestamptz AND ((
notes.id > 0
) IS TRUE) AND ((
notes.kept
) IS FALSE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.notes-old: purge app.notes_2
PREPARE deed AS
DELETE FROM ONLY app.notes_2 AS notes
WHERE notes.ctid >= $1::tid AND notes.ctid < $2::tid
  AND (notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $3::timestamptz AND ((
notes.id > 0
) IS TRUE) AND ((
notes.kept
) IS FALSE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.calls-old: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN (calls.at > $1::timestamptz) THEN 3 /* future */
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN false THEN 8 /* undecided */
  WHEN NOT (true) THEN 9 /* excluded */
  WHEN EXISTS (SELECT FROM app.notes_1 AS notes_1 WHERE notes_1.call_id = calls.id AND ((EXISTS (SELECT FROM (SELECT notes_1.tableoid, notes_1.*) AS notes WHERE true AND (notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz AND ((
notes.id > 0
) IS TRUE) AND ((
notes.kept
) IS FALSE)))) IS NOT TRUE) THEN 10 /* blocked */
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
  AND (calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.notes_1 AS notes_1 WHERE notes_1.call_id = calls.id AND ((EXISTS (SELECT FROM (SELECT notes_1.tableoid, notes_1.*) AS notes WHERE true AND (notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $3::timestamptz AND ((
notes.id > 0
) IS TRUE) AND ((
notes.kept
) IS FALSE)))) IS NOT TRUE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- app.texts-old: count
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
  WHEN EXISTS (SELECT FROM app.notes_1 AS notes_1 WHERE notes_1.text_id = texts.id AND ((EXISTS (SELECT FROM (SELECT notes_1.tableoid, notes_1.*) AS notes WHERE true AND (notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz AND ((
notes.id > 0
) IS TRUE) AND ((
notes.kept
) IS FALSE)))) IS NOT TRUE) THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  texts.at AS clock, texts.ctid AS place
FROM app.texts AS texts) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.texts-old: purge app.texts_1
PREPARE deed AS
DELETE FROM ONLY app.texts_1 AS texts
WHERE texts.ctid >= $1::tid AND texts.ctid < $2::tid
  AND (texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.notes_1 AS notes_1 WHERE notes_1.text_id = texts.id);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
