-- Bytes of heap and TOAST, and rows changed since statistics were made.
-- $1 oid[]: tables with storage
SELECT t.oid,                                     -- 0
       pg_table_size(t.oid),                      -- 1
       pg_stat_get_mod_since_analyze(t.oid)       -- 2
  FROM unnest($1::oid[]) AS t (oid)
