-- Every column of every table that is no partition, outside system and temporary schemas.
-- $1 text[]: schemas, or NULL for all; $2 boolean: materialized views and foreign tables, too, and
-- partitions of tables outside these schemas
WITH at_sign AS (
         SELECT conrelid, conkey, contypid
           FROM pg_constraint
          WHERE contype = 'c' AND strpos(pg_get_constraintdef(oid), '@') > 0),
     reference AS (
         SELECT DISTINCT ON (k.conrelid, k.conkey[1])
                k.conrelid, k.conkey[1] AS attnum, p.relname
           FROM pg_constraint k
           JOIN pg_class p ON p.oid = k.confrelid
          WHERE k.contype = 'f' AND cardinality(k.conkey) = 1
          ORDER BY k.conrelid, k.conkey[1], k.oid)
SELECT c.oid,                                                                -- 0
       n.nspname,                                                            -- 1
       c.relname,                                                            -- 2
       a.attname,                                                            -- 3
       format_type(a.atttypid, a.atttypmod),                                 -- 4
       coalesce(nullif(b.typname, ''), t.typname),                           -- 5
       a.attnum,                                                             -- 6
       format('%I.%I', n.nspname, c.relname),                                -- 7
       quote_ident(a.attname),                                               -- 8
       CASE WHEN b.oid IS NOT NULL THEN t.typname END,                       -- 9
       left(col_description(c.oid, a.attnum), 200),                          -- 10
       (c.oid, ARRAY[a.attnum]) IN (SELECT conrelid, conkey FROM at_sign
                                     WHERE conrelid <> 0)
       OR t.oid IN (SELECT contypid FROM at_sign WHERE contypid <> 0),       -- 11
       t.typcategory = 'S',                                                  -- 12
       has_table_privilege(c.oid, 'SELECT') AND NOT row_security_active(c.oid), -- 13
       r.relname                                                             -- 14
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type b ON b.oid = t.typbasetype
  LEFT JOIN reference r ON r.conrelid = c.oid AND r.attnum = a.attnum
 WHERE (c.relkind IN ('r', 'p') OR ($2::boolean AND c.relkind IN ('m', 'f')))
   AND (NOT c.relispartition
        OR ($2::boolean AND $1::text[] IS NOT NULL
            AND (SELECT w.relnamespace <> ALL (SELECT s.oid FROM pg_namespace s
                                                WHERE s.nspname = ANY ($1::text[]))
                   FROM pg_class w WHERE w.oid = pg_partition_root(c.oid))))
   AND a.attnum > 0 AND NOT a.attisdropped
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
   AND n.nspname !~ '^pg_(temp|toast_temp)_'
   AND ($1::text[] IS NULL OR n.nspname = ANY ($1::text[]))
 ORDER BY c.oid, a.attnum
