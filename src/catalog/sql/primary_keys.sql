-- Primary key columns, in the key's order.
-- $1 oid[]: tables
SELECT i.indrelid,                                                           -- 0
       array_agg(format('%I', a.attname) ORDER BY k.position)                -- 1
  FROM pg_index i
 CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
 WHERE i.indisprimary AND i.indrelid = ANY ($1::oid[])
 GROUP BY i.indrelid
