-- Indexes that keep rows apart, the primary key first: of unique and exclusion constraints, and
-- unique ones by themselves.
-- indnullsnotdistinct is new in PostgreSQL 15, hence the detour over JSON.
-- $1 oid[]: tables
SELECT i.indrelid,                                                           -- 0
       c.relname,                                                            -- 1
       i.indisprimary,                                                       -- 2
       i.indisexclusion,                                                     -- 3
       c.relispartition,                                                     -- 4
       coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false),    -- 5
       plain.names,                                                          -- 6
       plain.quoted,                                                         -- 7
       ARRAY(SELECT DISTINCT a.attname::text
               FROM pg_depend d
               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = d.refobjsubid
              WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
                AND d.refobjsubid <> ALL (i.indkey::int2[])
              ORDER BY 1),                                                   -- 8
       ARRAY(SELECT pg_get_indexdef(i.indexrelid, k.position::int, false)
               FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
              WHERE k.attnum = 0
              ORDER BY k.position),                                          -- 9
       pg_get_expr(i.indpred, i.indrelid)                                    -- 10
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
 CROSS JOIN LATERAL (
       SELECT array_agg(a.attname::text ORDER BY k.position) AS names,
              array_agg(format('%I', a.attname) ORDER BY k.position) AS quoted
         FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE k.position <= i.indnkeyatts
       ) AS plain
 WHERE i.indrelid = ANY ($1::oid[]) AND i.indislive AND (i.indisunique OR i.indisexclusion)
 ORDER BY i.indrelid, i.indisprimary DESC, c.relname
