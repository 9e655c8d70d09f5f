-- Where each partition of a range over one date or time column ends, and what stands in the way of
-- taking it away as a whole.
-- $1 oid[]: tables
SELECT c.oid,                                                                      -- 0
       k.attname,                                                                  -- 1
       CASE WHEN t.typname = 'timestamptz' AND isfinite(b.upper::timestamptz)
            THEN (extract(epoch FROM b.upper::timestamptz) * 1000000)::bigint
            WHEN t.typname IN ('timestamp', 'date') AND isfinite(b.upper::timestamp)
            THEN (extract(epoch FROM b.upper::timestamp) * 1000000)::bigint END,   -- 2
       pg_get_expr(c.relpartbound, c.oid),                                         -- 3
       p.partdefid <> 0,                                                           -- 4
       EXISTS (SELECT FROM pg_trigger g
                WHERE g.tgrelid = c.oid
                  AND (NOT g.tgisinternal OR (g.tgparentid <> 0 AND g.tgconstrrelid = 0))
                  AND g.tgtype & 1 = 1 AND g.tgtype & 8 = 8)                       -- 5
  FROM pg_class c
  JOIN pg_inherits i ON i.inhrelid = c.oid
  JOIN pg_partitioned_table p ON p.partrelid = i.inhparent
  LEFT JOIN pg_attribute k ON k.attrelid = i.inhparent AND p.partstrat = 'r' AND p.partnatts = 1
       AND k.attnum = (p.partattrs::int2[])[0]
  LEFT JOIN pg_type t ON t.oid = k.atttypid
 CROSS JOIN LATERAL (
       SELECT substring(pg_get_expr(c.relpartbound, c.oid) FROM $re$ TO \('([^']*)'\)$$re$)
       ) AS b (upper)
 WHERE c.relispartition AND c.oid = ANY ($1::oid[])
