-- Materialised views that hold what they read from a table, directly or over other views, with the
-- columns that the first view on the way reads.
-- $1 oid[]: tables
WITH RECURSIVE reads AS (
    SELECT d.refobjid AS source, r.ev_class AS reader, a.attname::text AS attname
      FROM pg_rewrite r
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                      AND d.refclassid = 'pg_class'::regclass
      LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                              AND a.attnum > 0
     WHERE r.ev_type = '1' AND d.refobjid <> r.ev_class
), reached AS (
    SELECT source, reader, attname FROM reads
     WHERE source = ANY ($1::oid[]) AND attname IS NOT NULL
    UNION
    SELECT h.source, r.reader, h.attname FROM reached h JOIN reads r ON r.source = h.reader
)
SELECT h.source,                                                -- 0
       h.reader,                                                -- 1
       array_agg(DISTINCT h.attname)                            -- 2
  FROM reached h JOIN pg_class c ON c.oid = h.reader AND c.relkind = 'm'
 GROUP BY h.source, h.reader
 ORDER BY h.source, h.reader
