-- How many of the values that ANALYZE kept of each text column match each pattern. The values
-- themselves stay in the server, and no table is read.
-- $1 text[]: schemas, or NULL for all; $2 text[]: patterns; $3 text: any of them
SELECT a.attrelid,                                                           -- 0
       a.attnum,                                                             -- 1
       p.number,                                                             -- 2
       count(*),                                                             -- 3
       max(cardinality(k.kept))                                              -- 4
  FROM pg_stats s
  JOIN pg_namespace n ON n.nspname = s.schemaname
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname
  JOIN pg_type t ON t.oid = a.atttypid
 CROSS JOIN LATERAL (SELECT coalesce((s.most_common_vals::text::text[])[1:50], '{}')
                            || coalesce((s.histogram_bounds::text::text[])[1:50], '{}')) AS k (kept)
 CROSS JOIN LATERAL unnest(k.kept) AS v (value)
  JOIN unnest($2::text[]) WITH ORDINALITY AS p (pattern, number) ON left(v.value, 200) ~ p.pattern
 WHERE t.typcategory = 'S'
   AND left(v.value, 200) ~ $3
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
   AND ($1::text[] IS NULL OR n.nspname = ANY ($1::text[]))
 GROUP BY a.attrelid, a.attnum, p.number
 ORDER BY a.attrelid, a.attnum, count(*) DESC, p.number
