
-- both: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN (("Weird Calls".at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN ("Weird Calls".at > $1::timestamptz) THEN 3 /* future */
  WHEN (("Weird Calls".at > '1970-01-01 00:00:00+00'::timestamptz) AND "Weird Calls".at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN false THEN 7 /* held */
  WHEN ((
"Weird Calls".kind = 'it''s (old' -- and nothing else

) IS NULL) OR ((
exists (select from legal.cases c where c.call_id = "Weird Calls".id)
/* a register */

) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
"Weird Calls".kind = 'it''s (old' -- and nothing else

) IS TRUE) AND ((
exists (select from legal.cases c where c.call_id = "Weird Calls".id)
/* a register */

) IS FALSE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  "Weird Calls".at AS clock, "Weird Calls".ctid AS place
FROM app."Weird Calls" AS "Weird Calls") AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- both: purge app.Weird Calls
PREPARE deed AS
DELETE FROM ONLY app."Weird Calls" AS "Weird Calls"
WHERE "Weird Calls".ctid >= $1::tid AND "Weird Calls".ctid < $2::tid
  AND ("Weird Calls".at > '1970-01-01 00:00:00+00'::timestamptz) AND "Weird Calls".at < $3::timestamptz AND ((
"Weird Calls".kind = 'it''s (old' -- and nothing else

) IS TRUE) AND ((
exists (select from legal.cases c where c.call_id = "Weird Calls".id)
/* a register */

) IS FALSE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- unless: count
PREPARE count_rows AS
SELECT (ARRAY['active', 'undated', 'future', 'young', 'done', 'gone', 'held', 'undecided', 'excluded', 'blocked', 'due'])[class] AS class,
  NULL AS leaf, count(*), min(clock)::date::text, min(place)::text, max(place)::text FROM (
WITH fence AS (SELECT)
SELECT CASE WHEN false THEN 1 /* active */
  WHEN (("Weird Calls".at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 2 /* undated */
  WHEN ("Weird Calls".at > $1::timestamptz) THEN 3 /* future */
  WHEN (("Weird Calls".at > '1970-01-01 00:00:00+00'::timestamptz) AND "Weird Calls".at < $2::timestamptz) IS NOT TRUE THEN 4 /* young */
  WHEN ("Weird Calls".at > '1970-01-01 00:00:00+00'::timestamptz) AND "Weird Calls".at < $2::timestamptz AND ((
"Weird Calls".kind = 'it''s (old' -- and nothing else

) IS TRUE) AND ((
exists (select from legal.cases c where c.call_id = "Weird Calls".id)
/* a register */

) IS FALSE) THEN 6 /* gone */
  WHEN false THEN 7 /* held */
  WHEN ((
kept
) IS NULL) THEN 8 /* undecided */
  WHEN NOT (((
kept
) IS FALSE)) THEN 9 /* excluded */
  WHEN false THEN 10 /* blocked */
  ELSE 11 /* due */ END AS class,
  "Weird Calls".at AS clock, "Weird Calls".ctid AS place
FROM app."Weird Calls" AS "Weird Calls") AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- unless: purge app.Weird Calls
PREPARE deed AS
DELETE FROM ONLY app."Weird Calls" AS "Weird Calls"
WHERE "Weird Calls".ctid >= $1::tid AND "Weird Calls".ctid < $2::tid
  AND ("Weird Calls".at > '1970-01-01 00:00:00+00'::timestamptz) AND "Weird Calls".at < $3::timestamptz AND ((
kept
) IS FALSE);
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- rejected: refused, expression-invalid

-- rejected-too: refused, expression-invalid
