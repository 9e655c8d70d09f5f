-- Publications of each table and of those it is a part of, and whether a change of a row can be
-- replicated: REPLICA IDENTITY FULL, a primary key, or a chosen index. From PostgreSQL 15 on a row
-- filter may read columns of that only, and a column list has to have all of them; the columns of a
-- filter stand in its parsed form.
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
                                                 ELSE false END), -- 4
       EXISTS (SELECT FROM regexp_matches(r.entry ->> 'prqual', ':varattno ([0-9]+)', 'g') AS m (n)
                 JOIN pg_attribute a ON a.attrelid = s.oid AND a.attnum = m.n[1]::int2
                WHERE a.attname <> ALL (k.columns))
           OR (r.entry ->> 'prattrs' IS NOT NULL
               AND EXISTS (SELECT FROM unnest(k.columns) AS i (name)
                            WHERE i.name NOT IN (
                                  SELECT a.attname
                                    FROM regexp_matches(r.entry ->> 'prattrs', '[0-9]+', 'g')
                                         AS m (n)
                                    JOIN pg_attribute a
                                      ON a.attrelid = s.oid AND a.attnum = m.n[1]::int2))) -- 5
  FROM pg_publication_tables t
  JOIN pg_publication p ON p.pubname = t.pubname
  JOIN pg_namespace n ON n.nspname = t.schemaname
  JOIN pg_class s ON s.relnamespace = n.oid AND s.relname = t.tablename
  JOIN wholes w ON w.whole = s.oid
  JOIN pg_class c ON c.oid = w.part
  LEFT JOIN LATERAL (SELECT to_jsonb(e) AS entry FROM pg_publication_rel e
                      WHERE e.prpubid = p.oid AND e.prrelid = s.oid) AS r ON true
 CROSS JOIN LATERAL (
       SELECT ARRAY(SELECT a.attname FROM pg_attribute a
                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                       AND (c.relreplident = 'f'
                            OR EXISTS (SELECT FROM pg_index i
                                        WHERE i.indrelid = c.oid
                                          AND a.attnum = ANY (i.indkey::int2[])
                                          AND CASE c.relreplident WHEN 'd' THEN i.indisprimary
                                                                  WHEN 'i' THEN i.indisreplident
                                                                  ELSE false END)))) AS k (columns)
 ORDER BY w.part, p.pubname
