-- Tables that Citus knows, on whatever nodes their shards lie. Asked only where there is Citus.
SELECT p.logicalrelid::oid,                                     -- 0
       CASE WHEN p.partkey IS NOT NULL THEN 'd'
            WHEN p.repmodel = 't' THEN 'r'
            WHEN p.colocationid = 0 THEN 'l'
            ELSE 'd' END,                                       -- 1
       pg_catalog.column_to_column_name(p.logicalrelid, p.partkey), -- 2
       coalesce(s.shards, 0),                                   -- 3
       coalesce(s.total, 0),                                    -- 4
       coalesce(s.largest, 0)                                   -- 5
  FROM pg_catalog.pg_dist_partition p
  LEFT JOIN (SELECT z.relation, count(*) AS shards, sum(z.bytes) AS total, max(z.bytes) AS largest
               FROM (SELECT c.table_name::oid AS relation, c.shardid, max(c.shard_size) AS bytes
                       FROM pg_catalog.citus_shards c
                      GROUP BY 1, 2) z
              GROUP BY 1) s ON s.relation = p.logicalrelid::oid
 ORDER BY 1
