
-- app.notes-old: count
PREPARE count_rows AS
SELECT class, leaf, count(*), min(day)::text, min(place)::text, max(place)::text FROM (
SELECT CASE WHEN false THEN 'active'
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 'undated'
  WHEN (notes.at > $1::timestamptz) THEN 'future'
  WHEN ((notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz) IS NOT TRUE THEN 'young'
  WHEN ((
notes.kept
) IS NOT FALSE) THEN 'held'
  WHEN ((
notes.id > 0
) IS NULL) THEN 'undecided'
  WHEN NOT (((
notes.id > 0
) IS TRUE)) THEN 'excluded'
  WHEN false THEN 'blocked'
  ELSE 'due' END AS class,
  (notes.at::date) AS day, notes.tableoid AS leaf, notes.ctid AS place
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
SELECT class, leaf, count(*), min(day)::text, min(place)::text, max(place)::text FROM (
SELECT CASE WHEN false THEN 'active'
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 'undated'
  WHEN (calls.at > $1::timestamptz) THEN 'future'
  WHEN ((calls.at > '1970-01-01 00:00:00+00'::timestamptz) AND calls.at < $2::timestamptz) IS NOT TRUE THEN 'young'
  WHEN false THEN 'held'
  WHEN false THEN 'undecided'
  WHEN NOT (true) THEN 'excluded'
  WHEN EXISTS (SELECT FROM app.notes_1 AS notes_1 WHERE notes_1.call_id = calls.id AND ((EXISTS (SELECT FROM (SELECT notes_1.tableoid, notes_1.*) AS notes WHERE true AND (notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz AND ((
notes.id > 0
) IS TRUE) AND ((
notes.kept
) IS FALSE)))) IS NOT TRUE) THEN 'blocked'
  ELSE 'due' END AS class,
  (calls.at::date) AS day, calls.tableoid AS leaf, calls.ctid AS place
FROM app.calls AS calls) AS classified
GROUP BY class, leaf;
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
SELECT class, leaf, count(*), min(day)::text, min(place)::text, max(place)::text FROM (
SELECT CASE WHEN false THEN 'active'
  WHEN ((texts.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 'undated'
  WHEN (texts.at > $1::timestamptz) THEN 'future'
  WHEN ((texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $2::timestamptz) IS NOT TRUE THEN 'young'
  WHEN false THEN 'held'
  WHEN false THEN 'undecided'
  WHEN NOT (true) THEN 'excluded'
  WHEN EXISTS (SELECT FROM app.notes_1 AS notes_1 WHERE notes_1.text_id = texts.id AND ((EXISTS (SELECT FROM (SELECT notes_1.tableoid, notes_1.*) AS notes WHERE true AND (notes.at > '1970-01-01 00:00:00+00'::timestamptz) AND notes.at < $2::timestamptz AND ((
notes.id > 0
) IS TRUE) AND ((
notes.kept
) IS FALSE)))) IS NOT TRUE) THEN 'blocked'
  ELSE 'due' END AS class,
  (texts.at::date) AS day, texts.tableoid AS leaf, texts.ctid AS place
FROM app.texts AS texts) AS classified
GROUP BY class, leaf;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- app.texts-old: purge app.texts_1
PREPARE deed AS
DELETE FROM ONLY app.texts_1 AS texts
WHERE texts.ctid >= $1::tid AND texts.ctid < $2::tid
  AND (texts.at > '1970-01-01 00:00:00+00'::timestamptz) AND texts.at < $3::timestamptz AND NOT EXISTS (SELECT FROM app.notes_1 AS notes_1 WHERE notes_1.text_id = texts.id);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;
