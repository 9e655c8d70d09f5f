-- How many of the values that ANALYZE kept of a column are dates of our time, 1980 to 2100, in each
-- unit that a clock can have. Values that mean "never", 0 and less, do not count. The values stay
-- in the server, and no table is read; of a tree a few parts speak for all.
-- $1 oid[]: tables; $2 text[]: their clock columns
SELECT q.n,                                                                     -- 0
       count(*),                                                                -- 1
       count(*) FILTER (WHERE d.number BETWEEN 315532800 AND 4102444800),       -- 2 seconds
       count(*) FILTER (WHERE d.number BETWEEN 315532800e3 AND 4102444800e3),   -- 3 milliseconds
       count(*) FILTER (WHERE d.number BETWEEN 315532800e6 AND 4102444800e6),   -- 4 microseconds
       count(*) FILTER (WHERE d.key BETWEEN 315532800e3 AND 4102444800e3
                          AND substr(v.value, 15, 1) = '7'),                    -- 5 uuidv7
       count(*) FILTER (WHERE d.key BETWEEN 315532800e3 AND 4102444800e3
                           OR (t.typcategory = 'S'
                               AND v.value ~* '^[0-7][0-9A-HJKMNP-TV-Z]{25}$')) -- 6 ulid
  FROM unnest($1::oid[], $2::text[]) WITH ORDINALITY AS q (oid, clock, n)
  JOIN pg_attribute a ON a.attrelid = q.oid AND a.attname = q.clock
  JOIN pg_type t ON t.oid = a.atttypid
 CROSS JOIN LATERAL (
       SELECT n.nspname, c.relname
         FROM (SELECT q.oid UNION SELECT p.relid FROM pg_partition_tree(q.oid) p WHERE p.isleaf
              ) AS part (oid)
         JOIN pg_class c ON c.oid = part.oid
         JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.reltuples > 0
        ORDER BY c.oid DESC
        LIMIT 4) AS c
 CROSS JOIN LATERAL (
       SELECT * FROM pg_stats
        WHERE schemaname = c.nspname AND tablename = c.relname AND attname = q.clock::name
          AND NOT inherited OFFSET 0) AS s
 CROSS JOIN LATERAL unnest(coalesce(s.most_common_vals::text::text[], '{}')
                           || coalesce(s.histogram_bounds::text::text[], '{}')) AS v (value)
 CROSS JOIN LATERAL (
       SELECT CASE WHEN v.value ~ '^[0-9]{1,40}([.][0-9]+)?(e[+][0-9]{1,2})?$'
                   THEN v.value::float8 END AS number,
              CASE WHEN v.value ~ '^[0-9a-f]{8}-[0-9a-f]{4}-'
                   THEN ('x' || lpad(replace(left(v.value, 13), '-', ''), 16, '0'))
                        ::bit(64)::bigint END AS key) AS d
 WHERE t.typcategory <> 'N' OR d.number > 0
 GROUP BY q.n
