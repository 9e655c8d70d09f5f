
-- hash-end: count
PREPARE count_rows AS
SELECT class, count(*), min(day)::text FROM (
SELECT CASE WHEN false THEN 'active'
  WHEN ((handles.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 'undated'
  WHEN (handles.at > $1::timestamptz) THEN 'future'
  WHEN ((handles.at > '1970-01-01 00:00:00+00'::timestamptz) AND handles.at < $2::timestamptz) IS NOT TRUE THEN 'young'
  WHEN false THEN 'held'
  WHEN false THEN 'undecided'
  WHEN NOT (true) THEN 'excluded'
  WHEN false THEN 'blocked'
  ELSE 'due' END AS class,
  (handles.at::date) AS day
FROM app.handles AS handles) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- hash-end: purge app.handles
PREPARE deed AS
DELETE FROM ONLY app.handles AS handles
WHERE handles.ctid >= $1::tid AND handles.ctid < $2::tid
  AND (handles.at > '1970-01-01 00:00:00+00'::timestamptz) AND handles.at < $3::timestamptz;
EXECUTE deed('(0,0)', '(4294967295,0)', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- all: count
PREPARE count_rows AS
SELECT class, count(*), min(day)::text FROM (
SELECT CASE WHEN false THEN 'active'
  WHEN ((people.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 'undated'
  WHEN (people.at > $1::timestamptz) THEN 'future'
  WHEN ((people.at > '1970-01-01 00:00:00+00'::timestamptz) AND people.at < $2::timestamptz) IS NOT TRUE THEN 'young'
  WHEN NOT ((people.name IS DISTINCT FROM NULL) OR ((people.plan::text COLLATE pg_catalog."C") IS DISTINCT FROM (('free'::text)::text)::text) OR ((people.note::text COLLATE pg_catalog."C") IS DISTINCT FROM ($3::character varying(20))::text) OR (((people.bio::text COLLATE pg_catalog."C") <> '') IS TRUE) OR (((people.email::text COLLATE pg_catalog."C") !~ '^(erased-([0-9a-f]{16}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(@erased[.]invalid)?|e-[0-9a-f]{14})$') IS TRUE) OR ((people.ip::text COLLATE pg_catalog."C") IS DISTINCT FROM (network(CASE WHEN people.ip::inet <<= '::ffff:0:0/96'::inet THEN set_masklen('0.0.0.0'::inet + (set_masklen(people.ip::inet, 128) - '::ffff:0:0'::inet), least(masklen(people.ip::inet) - 96, 24)) ELSE set_masklen(people.ip::inet, least(masklen(people.ip::inet), CASE WHEN family(people.ip::inet) = 4 THEN 24 WHEN people.ip::inet <<= '2002::/16'::inet THEN 40 ELSE 48 END)) END)::inet)::text) OR ((people.phone::text COLLATE pg_catalog."C") IS DISTINCT FROM (coalesce(substring((people.phone::text COLLATE pg_catalog."C") from '^([-+() ./0-9X]{0,4})(?=([^0-9X]*[0-9X]){4})'), '') || regexp_replace(substr((people.phone::text COLLATE pg_catalog."C"), coalesce(length(substring((people.phone::text COLLATE pg_catalog."C") from '^([-+() ./0-9X]{0,4})(?=([^0-9X]*[0-9X]){4})')), 0) + 1), '[^-+() ./]', 'X', 'g'))::text) OR ((people.born::text COLLATE pg_catalog."C") IS DISTINCT FROM (CASE WHEN isfinite(people.born) THEN date_trunc('year', greatest(least(people.born, '294276-12-31'::date), '4713-01-01 BC'::date)::timestamp)::date ELSE people.born END)::text) OR (jsonb_path_exists(people.extra, $4::jsonpath, '{}', true) IS TRUE OR jsonb_path_exists(people.extra, $5::jsonpath, '{}', true) IS TRUE) OR (EXISTS (SELECT FROM (SELECT people."Odd ""Key"::jsonb) AS d(value) CROSS JOIN LATERAL (SELECT d.value WHERE jsonb_typeof(d.value) <> 'array' UNION ALL SELECT i.value FROM jsonb_array_elements(CASE WHEN jsonb_typeof(d.value) = 'array' THEN d.value ELSE '[]' END) AS i(value)) AS v(value) WHERE jsonb_typeof(v.value) NOT IN ('object', 'null') OR EXISTS (SELECT FROM jsonb_object_keys(CASE WHEN jsonb_typeof(v.value) = 'object' THEN v.value ELSE '{}' END) AS k(key) WHERE k.key <> ALL ($6::text[]))))) THEN 'done'
  WHEN false THEN 'held'
  WHEN ((
restricted
) IS NULL) THEN 'undecided'
  WHEN NOT (((
restricted
) IS FALSE)) THEN 'excluded'
  WHEN false THEN 'blocked'
  ELSE 'due' END AS class,
  (people.at::date) AS day
FROM app.people AS people) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2022-06-30T12:00:00Z', 'it''s gone', '$."a"[*]."b"', '$.**."k"', '{"lang"}');
DEALLOCATE count_rows;

-- all: anonymise app.people
PREPARE deed AS
UPDATE ONLY app.people AS people SET name = CASE WHEN (people.name IS DISTINCT FROM NULL) THEN NULL ELSE people.name END,
  plan = CASE WHEN ((people.plan::text COLLATE pg_catalog."C") IS DISTINCT FROM (('free'::text)::text)::text) THEN ('free'::text)::text ELSE people.plan END,
  note = CASE WHEN ((people.note::text COLLATE pg_catalog."C") IS DISTINCT FROM ($3::character varying(20))::text) THEN $3::character varying(20) ELSE people.note END,
  bio = CASE WHEN (((people.bio::text COLLATE pg_catalog."C") <> '') IS TRUE) THEN ''::text ELSE people.bio END,
  email = CASE WHEN (((people.email::text COLLATE pg_catalog."C") !~ '^(erased-([0-9a-f]{16}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(@erased[.]invalid)?|e-[0-9a-f]{14})$') IS TRUE) THEN 'erased-' || gen_random_uuid() || '@erased.invalid' ELSE people.email END,
  ip = CASE WHEN ((people.ip::text COLLATE pg_catalog."C") IS DISTINCT FROM (network(CASE WHEN people.ip::inet <<= '::ffff:0:0/96'::inet THEN set_masklen('0.0.0.0'::inet + (set_masklen(people.ip::inet, 128) - '::ffff:0:0'::inet), least(masklen(people.ip::inet) - 96, 24)) ELSE set_masklen(people.ip::inet, least(masklen(people.ip::inet), CASE WHEN family(people.ip::inet) = 4 THEN 24 WHEN people.ip::inet <<= '2002::/16'::inet THEN 40 ELSE 48 END)) END)::inet)::text) THEN network(CASE WHEN people.ip::inet <<= '::ffff:0:0/96'::inet THEN set_masklen('0.0.0.0'::inet + (set_masklen(people.ip::inet, 128) - '::ffff:0:0'::inet), least(masklen(people.ip::inet) - 96, 24)) ELSE set_masklen(people.ip::inet, least(masklen(people.ip::inet), CASE WHEN family(people.ip::inet) = 4 THEN 24 WHEN people.ip::inet <<= '2002::/16'::inet THEN 40 ELSE 48 END)) END)::inet ELSE people.ip END,
  phone = CASE WHEN ((people.phone::text COLLATE pg_catalog."C") IS DISTINCT FROM (coalesce(substring((people.phone::text COLLATE pg_catalog."C") from '^([-+() ./0-9X]{0,4})(?=([^0-9X]*[0-9X]){4})'), '') || regexp_replace(substr((people.phone::text COLLATE pg_catalog."C"), coalesce(length(substring((people.phone::text COLLATE pg_catalog."C") from '^([-+() ./0-9X]{0,4})(?=([^0-9X]*[0-9X]){4})')), 0) + 1), '[^-+() ./]', 'X', 'g'))::text) THEN coalesce(substring((people.phone::text COLLATE pg_catalog."C") from '^([-+() ./0-9X]{0,4})(?=([^0-9X]*[0-9X]){4})'), '') || regexp_replace(substr((people.phone::text COLLATE pg_catalog."C"), coalesce(length(substring((people.phone::text COLLATE pg_catalog."C") from '^([-+() ./0-9X]{0,4})(?=([^0-9X]*[0-9X]){4})')), 0) + 1), '[^-+() ./]', 'X', 'g') ELSE people.phone END,
  born = CASE WHEN ((people.born::text COLLATE pg_catalog."C") IS DISTINCT FROM (CASE WHEN isfinite(people.born) THEN date_trunc('year', greatest(least(people.born, '294276-12-31'::date), '4713-01-01 BC'::date)::timestamp)::date ELSE people.born END)::text) THEN CASE WHEN isfinite(people.born) THEN date_trunc('year', greatest(least(people.born, '294276-12-31'::date), '4713-01-01 BC'::date)::timestamp)::date ELSE people.born END ELSE people.born END,
  extra = CASE WHEN (jsonb_path_exists(people.extra, $4::jsonpath, '{}', true) IS TRUE OR jsonb_path_exists(people.extra, $5::jsonpath, '{}', true) IS TRUE) THEN (WITH RECURSIVE pgretain_edge(state, in_array, name, only_objects, target) AS (VALUES (0, false, $6::text, false, 1), (0, true, NULL::text, true, 0), (1, false, $7::text, false, -1), (1, true, NULL::text, false, 2), (2, false, $7::text, false, -1), (2, true, NULL::text, true, 2), (3, false, NULL::text, false, 3), (3, false, $8::text, false, -1), (3, true, NULL::text, false, 3), (3, true, NULL::text, true, 4), (4, false, $8::text, false, -1), (4, true, NULL::text, true, 4)), pgretain_node(value, label, place, states) AS (SELECT people.extra::jsonb, ''::text, '{}'::integer[], '{0,3}'::integer[] UNION ALL SELECT child.value, child.label, node.place || child.n, child.states FROM pgretain_node AS node CROSS JOIN LATERAL (SELECT c.value, c.label, row_number() OVER (ORDER BY c.n)::integer, c.states FROM (SELECT m.value, to_json(m.key)::text || ':', m.n, ARRAY(SELECT DISTINCT e.target FROM pgretain_edge AS e WHERE e.state = ANY (node.states) AND NOT e.in_array AND (e.name IS NULL OR e.name = m.key)) FROM jsonb_each(CASE WHEN jsonb_typeof(node.value) = 'object' THEN node.value ELSE '{}' END) WITH ORDINALITY AS m(key, value, n) UNION ALL SELECT m.value, '', m.n, ARRAY(SELECT DISTINCT e.target FROM pgretain_edge AS e WHERE e.state = ANY (node.states) AND e.in_array AND (NOT e.only_objects OR jsonb_typeof(m.value) = 'object')) FROM jsonb_array_elements(CASE WHEN jsonb_typeof(node.value) = 'array' THEN node.value ELSE '[]' END) WITH ORDINALITY AS m(value, n)) AS c(value, label, n, states) WHERE -1 <> ALL (c.states)) AS child(value, label, n, states) WHERE cardinality(node.states) > 0) , pgretain_part AS (SELECT place, label, value, CASE WHEN cardinality(states) > 0 THEN jsonb_typeof(value) ELSE '' END AS kind FROM pgretain_node) SELECT string_agg(t.token, '' ORDER BY t.place)::jsonb FROM (SELECT place, CASE WHEN place[cardinality(place)] > 1 THEN ',' ELSE '' END || label || CASE kind WHEN 'object' THEN '{' WHEN 'array' THEN '[' ELSE value::text END FROM pgretain_part UNION ALL SELECT place || 2147483647, CASE kind WHEN 'object' THEN '}' ELSE ']' END FROM pgretain_part WHERE kind IN ('object', 'array')) AS t(place, token)) ELSE people.extra END,
  "Odd ""Key" = CASE WHEN (EXISTS (SELECT FROM (SELECT people."Odd ""Key"::jsonb) AS d(value) CROSS JOIN LATERAL (SELECT d.value WHERE jsonb_typeof(d.value) <> 'array' UNION ALL SELECT i.value FROM jsonb_array_elements(CASE WHEN jsonb_typeof(d.value) = 'array' THEN d.value ELSE '[]' END) AS i(value)) AS v(value) WHERE jsonb_typeof(v.value) NOT IN ('object', 'null') OR EXISTS (SELECT FROM jsonb_object_keys(CASE WHEN jsonb_typeof(v.value) = 'object' THEN v.value ELSE '{}' END) AS k(key) WHERE k.key <> ALL ($9::text[])))) THEN (SELECT CASE WHEN jsonb_typeof(d.value) = 'array' THEN (SELECT coalesce(jsonb_agg(CASE WHEN jsonb_typeof(i.value) = 'object' THEN (SELECT coalesce(jsonb_object_agg(m.key, m.value ORDER BY m.n), '{}') FROM jsonb_each(CASE WHEN jsonb_typeof(i.value) = 'object' THEN i.value ELSE '{}' END) WITH ORDINALITY AS m(key, value, n) WHERE m.key = ANY ($9::text[])) ELSE 'null'::jsonb END ORDER BY i.n), '[]') FROM jsonb_array_elements(CASE WHEN jsonb_typeof(d.value) = 'array' THEN d.value ELSE '[]' END) WITH ORDINALITY AS i(value, n)) ELSE CASE WHEN jsonb_typeof(d.value) = 'object' THEN (SELECT coalesce(jsonb_object_agg(m.key, m.value ORDER BY m.n), '{}') FROM jsonb_each(CASE WHEN jsonb_typeof(d.value) = 'object' THEN d.value ELSE '{}' END) WITH ORDINALITY AS m(key, value, n) WHERE m.key = ANY ($9::text[])) ELSE 'null'::jsonb END END FROM (SELECT people."Odd ""Key"::jsonb) AS d(value)) ELSE people."Odd ""Key" END
WHERE people.ctid >= $1::tid AND people.ctid < $2::tid
  AND (people.at > '1970-01-01 00:00:00+00'::timestamptz) AND people.at < $10::timestamptz AND ((
restricted
) IS FALSE) AND ((people.name IS DISTINCT FROM NULL) OR ((people.plan::text COLLATE pg_catalog."C") IS DISTINCT FROM (('free'::text)::text)::text) OR ((people.note::text COLLATE pg_catalog."C") IS DISTINCT FROM ($3::character varying(20))::text) OR (((people.bio::text COLLATE pg_catalog."C") <> '') IS TRUE) OR (((people.email::text COLLATE pg_catalog."C") !~ '^(erased-([0-9a-f]{16}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(@erased[.]invalid)?|e-[0-9a-f]{14})$') IS TRUE) OR ((people.ip::text COLLATE pg_catalog."C") IS DISTINCT FROM (network(CASE WHEN people.ip::inet <<= '::ffff:0:0/96'::inet THEN set_masklen('0.0.0.0'::inet + (set_masklen(people.ip::inet, 128) - '::ffff:0:0'::inet), least(masklen(people.ip::inet) - 96, 24)) ELSE set_masklen(people.ip::inet, least(masklen(people.ip::inet), CASE WHEN family(people.ip::inet) = 4 THEN 24 WHEN people.ip::inet <<= '2002::/16'::inet THEN 40 ELSE 48 END)) END)::inet)::text) OR ((people.phone::text COLLATE pg_catalog."C") IS DISTINCT FROM (coalesce(substring((people.phone::text COLLATE pg_catalog."C") from '^([-+() ./0-9X]{0,4})(?=([^0-9X]*[0-9X]){4})'), '') || regexp_replace(substr((people.phone::text COLLATE pg_catalog."C"), coalesce(length(substring((people.phone::text COLLATE pg_catalog."C") from '^([-+() ./0-9X]{0,4})(?=([^0-9X]*[0-9X]){4})')), 0) + 1), '[^-+() ./]', 'X', 'g'))::text) OR ((people.born::text COLLATE pg_catalog."C") IS DISTINCT FROM (CASE WHEN isfinite(people.born) THEN date_trunc('year', greatest(least(people.born, '294276-12-31'::date), '4713-01-01 BC'::date)::timestamp)::date ELSE people.born END)::text) OR (jsonb_path_exists(people.extra, $4::jsonpath, '{}', true) IS TRUE OR jsonb_path_exists(people.extra, $5::jsonpath, '{}', true) IS TRUE) OR (EXISTS (SELECT FROM (SELECT people."Odd ""Key"::jsonb) AS d(value) CROSS JOIN LATERAL (SELECT d.value WHERE jsonb_typeof(d.value) <> 'array' UNION ALL SELECT i.value FROM jsonb_array_elements(CASE WHEN jsonb_typeof(d.value) = 'array' THEN d.value ELSE '[]' END) AS i(value)) AS v(value) WHERE jsonb_typeof(v.value) NOT IN ('object', 'null') OR EXISTS (SELECT FROM jsonb_object_keys(CASE WHEN jsonb_typeof(v.value) = 'object' THEN v.value ELSE '{}' END) AS k(key) WHERE k.key <> ALL ($9::text[])))));
EXECUTE deed('(0,0)', '(4294967295,0)', 'it''s gone', '$."a"[*]."b"', '$.**."k"', 'a', 'b', 'k', '{"lang"}', '2022-06-30T12:00:00Z');
DEALLOCATE deed;

-- hash: count
PREPARE count_rows AS
SELECT class, count(*), min(day)::text FROM (
SELECT CASE WHEN false THEN 'active'
  WHEN ((handles.at > '1970-01-01 00:00:00+00'::timestamptz)) IS NOT TRUE THEN 'undated'
  WHEN (handles.at > $1::timestamptz) THEN 'future'
  WHEN ((handles.at > '1970-01-01 00:00:00+00'::timestamptz) AND handles.at < $2::timestamptz) IS NOT TRUE THEN 'young'
  WHEN NOT ((((handles.handle::text COLLATE pg_catalog."C") !~ '^h1:[0-9a-f]{8}:[0-9a-f]{64}$') IS TRUE) OR (handles.extra_note IS DISTINCT FROM NULL)) THEN 'done'
  WHEN (handles.at > '1970-01-01 00:00:00+00'::timestamptz) AND handles.at < $3::timestamptz THEN 'gone'
  WHEN false THEN 'held'
  WHEN false THEN 'undecided'
  WHEN NOT (true) THEN 'excluded'
  WHEN false THEN 'blocked'
  ELSE 'due' END AS class,
  (handles.at::date) AS day
FROM app.handles AS handles) AS classified
GROUP BY class;
EXECUTE count_rows('2024-06-30T12:00:00Z', '2024-04-01T12:00:00Z', '2022-06-30T12:00:00Z');
DEALLOCATE count_rows;

-- hash: pseudonymise app.handles
PREPARE deed AS
UPDATE ONLY app.handles AS handles SET handle = CASE WHEN (((handles.handle::text COLLATE pg_catalog."C") !~ '^h1:[0-9a-f]{8}:[0-9a-f]{64}$') IS TRUE) THEN 'h1:' || $3::text || ':' || encode(sha256($4::bytea || sha256($4::bytea || convert_to((handles.handle::text COLLATE pg_catalog."C"), 'UTF8'))), 'hex') ELSE handles.handle END,
  extra_note = CASE WHEN (handles.extra_note IS DISTINCT FROM NULL) THEN NULL ELSE handles.extra_note END
WHERE handles.ctid >= $1::tid AND handles.ctid < $2::tid
  AND (handles.at > '1970-01-01 00:00:00+00'::timestamptz) AND handles.at < $5::timestamptz AND ((((handles.handle::text COLLATE pg_catalog."C") !~ '^h1:[0-9a-f]{8}:[0-9a-f]{64}$') IS TRUE) OR (handles.extra_note IS DISTINCT FROM NULL));
EXECUTE deed('(0,0)', '(4294967295,0)', :'secret_3', :'secret_4', '2024-04-01T12:00:00Z');
DEALLOCATE deed;
