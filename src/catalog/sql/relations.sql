-- Every relation that holds or gathers rows, outside system and temporary schemas, by oid.
SELECT c.oid,                                       -- 0
       n.nspname,                                   -- 1
       c.relname,                                   -- 2
       format('%I.%I', n.nspname, c.relname),       -- 3
       format('%I', c.relname),                     -- 4
       c.relkind,                                   -- 5
       c.relispartition,                            -- 6
       c.relpersistence = 'u',                      -- 7
       coalesce(a.amname = 'heap', false),          -- 8
       row_security_active(c.oid),                  -- 9
       pg_has_role(c.relowner, 'USAGE'),            -- 10
       has_schema_privilege(n.oid, 'USAGE'),        -- 11
       has_table_privilege(c.oid, 'SELECT'),        -- 12
       has_table_privilege(c.oid, 'DELETE'),        -- 13
       has_table_privilege(c.oid, 'UPDATE'),        -- 14
       c.reltuples,                                 -- 15
       i.inhparent,                                 -- 16
       has_table_privilege(c.oid, 'INSERT'),        -- 17
       has_any_column_privilege(c.oid, 'SELECT'),   -- 18
       c.relispartition AND
           coalesce((to_jsonb(i) ->> 'inhdetachpending')::boolean, false), -- 19
       ARRAY(SELECT o.inhparent FROM pg_inherits o
              WHERE o.inhrelid = c.oid AND o.inhseqno > 1) -- 20
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_am a ON a.oid = c.relam
  LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhseqno = 1
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
   AND n.nspname !~ '^pg_(temp|toast_temp)_'
 ORDER BY c.oid
