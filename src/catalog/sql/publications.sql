-- Publications of each table and of those it is a part of, and whether a change of a row can be
-- replicated: REPLICA IDENTITY FULL, a primary key, or a chosen index.
-- $1 oid[]: tables
WITH RECURSIVE wholes AS (
    SELECT t.oid AS part, t.oid AS whole FROM unnest($1::oid[]) AS t (oid)
    UNION ALL
    SELECT w.part, i.inhparent
      FROM wholes w
      JOIN pg_class c ON c.oid = w.whole AND c.relispartition
      JOIN pg_inherits i ON i.inhrelid = w.whole
)
SELECT w.part,                                                  -- 0
       p.pubname,                                               -- 1
       p.pubupdate,                                             -- 2
       p.pubdelete,                                             -- 3
       c.relreplident = 'f'
           OR EXISTS (SELECT FROM pg_index i
                       WHERE i.indrelid = c.oid AND i.indisvalid AND i.indimmediate
                         AND CASE c.relreplident WHEN 'd' THEN i.indisprimary
                                                 WHEN 'i' THEN i.indisreplident
                                                 ELSE false END) -- 4
  FROM pg_publication_tables t
  JOIN pg_publication p ON p.pubname = t.pubname
  JOIN pg_namespace n ON n.nspname = t.schemaname
  JOIN pg_class s ON s.relnamespace = n.oid AND s.relname = t.tablename
  JOIN wholes w ON w.whole = s.oid
  JOIN pg_class c ON c.oid = w.part
 ORDER BY w.part, p.pubname
