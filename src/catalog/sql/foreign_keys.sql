-- Foreign keys as declared; the copies that partitions inherit are left out.
SELECT f.conname,                                                            -- 0
       f.conrelid,                                                           -- 1
       f.confrelid,                                                          -- 2
       array_agg(format('%I', c.attname) ORDER BY k.position),               -- 3
       array_agg(format('%I', p.attname) ORDER BY k.position),               -- 4
       array_agg(c.attname::text ORDER BY k.position),                       -- 5
       f.confdeltype,                                                        -- 6
       f.confupdtype,                                                        -- 7
       EXISTS (SELECT FROM pg_index i
                WHERE i.indrelid = f.conrelid AND i.indisvalid AND i.indpred IS NULL
                  AND (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey), -- 8
       f.confmatchtype = 'f',                                                -- 9
       array_agg(p.attname::text ORDER BY k.position)                        -- 10
  FROM pg_constraint f
 CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY AS k (child, parent, position)
  JOIN pg_attribute c ON c.attrelid = f.conrelid AND c.attnum = k.child
  JOIN pg_attribute p ON p.attrelid = f.confrelid AND p.attnum = k.parent
 WHERE f.contype = 'f' AND f.conparentid = 0
 GROUP BY f.oid
 ORDER BY f.conrelid, f.conname
