-- Bytes of heap and TOAST.
-- $1 oid[]: tables with storage
SELECT t.oid,                    -- 0
       pg_table_size(t.oid)      -- 1
  FROM unnest($1::oid[]) AS t (oid)
