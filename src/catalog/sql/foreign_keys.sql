-- Foreign keys as declared; the copies that partitions inherit are left out.
SELECT f.conname,                                                            -- 0
       f.conrelid,                                                           -- 1
       f.confrelid,                                                          -- 2
       k.child_quoted,                                                       -- 3
       k.parent_quoted,                                                      -- 4
       k.child,                                                              -- 5
       f.confdeltype,                                                        -- 6
       f.confupdtype,                                                        -- 7
       EXISTS (SELECT FROM pg_index i
                WHERE i.indrelid = f.conrelid AND i.indisvalid AND i.indpred IS NULL
                  AND (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey), -- 8
       f.confmatchtype = 'f',                                                -- 9
       k.parent                                                              -- 10
  FROM pg_constraint f
 CROSS JOIN LATERAL (
       SELECT array_agg(format('%I', c.attname) ORDER BY k.position) AS child_quoted,
              array_agg(format('%I', p.attname) ORDER BY k.position) AS parent_quoted,
              array_agg(c.attname::text ORDER BY k.position) AS child,
              array_agg(p.attname::text ORDER BY k.position) AS parent
         FROM unnest(f.conkey, f.confkey) WITH ORDINALITY AS k (child, parent, position)
         JOIN pg_attribute c ON c.attrelid = f.conrelid AND c.attnum = k.child
         JOIN pg_attribute p ON p.attrelid = f.confrelid AND p.attnum = k.parent) AS k
 WHERE f.contype = 'f' AND f.conparentid = 0
 ORDER BY f.conrelid, f.conname
