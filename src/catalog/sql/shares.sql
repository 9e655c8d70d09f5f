-- How much of each table lies before a cutoff, from statistics alone, and how far its order in the
-- heap follows the clock. Only clocks that lead a usable index have an answer. Of those that are
-- partial, the smallest is told.
-- $1 oid[]: tables; $2 text[]: their clock columns; $3 timestamptz[]: cutoffs; $4 timestamp[]: the
-- same in the policy's time zone; $5 bigint[]: what a number counts a second, 0 for dates and times
WITH asked AS (
    SELECT q.n, q.instant, q.local, q.per_second, c.relkind, c.oid, c.relname, n.nspname,
           q.clock, t.typname, x.is_indexed, x.part, x.part_rows
      FROM unnest($1::oid[], $2::text[], $3::timestamptz[], $4::timestamp[], $5::bigint[])
           WITH ORDINALITY AS q (oid, clock, instant, local, per_second, n)
      JOIN pg_class c ON c.oid = q.oid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = q.oid AND a.attname = q.clock
      JOIN pg_type t ON t.oid = a.atttypid
     CROSS JOIN LATERAL (
           SELECT bool_or(i.indpred IS NULL) AS is_indexed,
                  (array_agg(x.relname ORDER BY x.reltuples)
                      FILTER (WHERE i.indpred IS NOT NULL))[1] AS part,
                  min(x.reltuples) FILTER (WHERE i.indpred IS NOT NULL) AS part_rows
             FROM pg_index i
             JOIN pg_class x ON x.oid = i.indexrelid
             JOIN pg_am m ON m.oid = x.relam
            WHERE i.indrelid = q.oid AND m.amname = 'btree' AND i.indisvalid
              AND (i.indkey::int2[])[0] = a.attnum) AS x
     WHERE ((q.per_second = 0 AND t.typname IN ('timestamptz', 'timestamp', 'date'))
            OR (q.per_second > 0 AND t.typname IN ('int4', 'int8')))
       AND x.is_indexed IS NOT NULL
)
SELECT q.n,                                                                     -- 0
       coalesce(m.before, 0) + coalesce(h.before, 0)
           * greatest(1 - s.null_frac - coalesce(m.together, 0), 0),            -- 1
       coalesce(abs(s.correlation), 0),                                         -- 2
       q.is_indexed,                                                            -- 3
       q.part,                                                                  -- 4
       q.part_rows                                                              -- 5
  FROM asked q
 -- One look-up each: a join would have the view read every column of the database.
 CROSS JOIN LATERAL (
       SELECT * FROM pg_stats
        WHERE schemaname = q.nspname AND tablename = q.relname AND attname = q.clock::name
          AND inherited = (q.relkind = 'p') OFFSET 0) AS s
 CROSS JOIN LATERAL (
       SELECT avg(CASE q.typname WHEN 'timestamptz' THEN (b.v::timestamptz < q.instant)::int
                                 WHEN 'timestamp' THEN (b.v::timestamp < q.local)::int
                                 WHEN 'date' THEN (b.v::date < q.local::date)::int
                                 ELSE (b.v::numeric < extract(epoch FROM q.instant)
                                       * q.per_second)::int END) AS before
         FROM unnest(s.histogram_bounds::text::text[]) AS b (v)) AS h
 CROSS JOIN LATERAL (
       SELECT sum(b.f) AS together,
              sum(b.f * CASE q.typname WHEN 'timestamptz' THEN (b.v::timestamptz < q.instant)::int
                                       WHEN 'timestamp' THEN (b.v::timestamp < q.local)::int
                                       WHEN 'date' THEN (b.v::date < q.local::date)::int
                                       ELSE (b.v::numeric < extract(epoch FROM q.instant)
                                             * q.per_second)::int END) AS before
         FROM unnest(s.most_common_vals::text::text[], s.most_common_freqs) AS b (v, f)) AS m
