-- Every column of every table that is no partition, outside system and temporary schemas. What is
-- the same for all columns of a table is asked once.
-- $1 text[]: schemas, or NULL for all; $2 boolean: materialized views and foreign tables, too, and
-- partitions of tables outside these schemas
WITH at_sign AS MATERIALIZED (
         SELECT conrelid, conkey, contypid
           FROM pg_constraint
          WHERE contype = 'c' AND strpos(pg_get_constraintdef(oid), '@') > 0),
     reference AS MATERIALIZED (
         SELECT DISTINCT ON (k.conrelid, k.conkey[1])
                k.conrelid, k.conkey[1] AS attnum, p.relname
           FROM pg_constraint k
           JOIN pg_class p ON p.oid = k.confrelid
          WHERE k.contype = 'f' AND cardinality(k.conkey) = 1
          ORDER BY k.conrelid, k.conkey[1], k.oid),
     looked_at AS MATERIALIZED (
         SELECT c.oid, n.nspname, c.relname,
                format('%I.%I', n.nspname, c.relname) AS quoted,
                has_table_privilege(c.oid, 'SELECT') AND NOT row_security_active(c.oid)
                AS may_select
           FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE (c.relkind IN ('r', 'p') OR ($2::boolean AND c.relkind IN ('m', 'f')))
            AND (NOT c.relispartition
                 OR ($2::boolean AND $1::text[] IS NOT NULL
                     AND (SELECT w.relnamespace <> ALL (SELECT s.oid FROM pg_namespace s
                                                         WHERE s.nspname = ANY ($1::text[]))
                            FROM pg_class w WHERE w.oid = pg_partition_root(c.oid))))
            AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
            AND n.nspname !~ '^pg_(temp|toast_temp)_'
            AND ($1::text[] IS NULL OR n.nspname = ANY ($1::text[])))
SELECT c.oid,                                                                -- 0
       c.nspname,                                                            -- 1
       c.relname,                                                            -- 2
       a.attname,                                                            -- 3
       format_type(a.atttypid, a.atttypmod),                                 -- 4
       coalesce(b.typname, t.typname),                                       -- 5
       a.attnum,                                                             -- 6
       c.quoted,                                                             -- 7
       quote_ident(a.attname),                                               -- 8
       CASE WHEN b.oid IS NOT NULL THEN t.typname END,                       -- 9
       left(d.description, 200),                                             -- 10
       (c.oid, ARRAY[a.attnum]) IN (SELECT conrelid, conkey FROM at_sign
                                     WHERE conrelid <> 0)
       OR t.oid IN (SELECT contypid FROM at_sign WHERE contypid <> 0),       -- 11
       t.typcategory = 'S',                                                  -- 12
       c.may_select,                                                         -- 13
       r.relname                                                             -- 14
  FROM looked_at c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type b ON b.oid = t.typbasetype
  LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid
                            AND d.objsubid = a.attnum
  LEFT JOIN reference r ON r.conrelid = c.oid AND r.attnum = a.attnum
 ORDER BY c.oid, a.attnum
