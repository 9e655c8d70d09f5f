-- What every row of a table has to meet: its CHECK constraints, those of its columns' domains, and
-- that a generated column is not NULL.
-- $1 oid[]: tables
WITH RECURSIVE domains AS (
    SELECT a.attrelid, a.attname::text AS attname, t.oid, t.typbasetype
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
       AND t.typtype = 'd'
    UNION ALL
    SELECT d.attrelid, d.attname, b.oid, b.typbasetype
      FROM domains d JOIN pg_type b ON b.oid = d.typbasetype
     WHERE b.typtype = 'd'
)
SELECT k.conrelid,                                                           -- 0
       k.conname::text,                                                      -- 1
       pg_get_expr(k.conbin, k.conrelid),                                    -- 2
       ARRAY(SELECT a.attname::text FROM pg_attribute a
              WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
              ORDER BY a.attnum),                                            -- 3
       false,                                                                -- 4
       k.coninhcount > 0,                                                    -- 5
       k.convalidated                                                        -- 6
  FROM pg_constraint k
 WHERE k.contype = 'c' AND k.conrelid = ANY ($1::oid[])
UNION ALL
SELECT d.attrelid, k.conname, pg_get_expr(k.conbin, 0), ARRAY[d.attname], true, false,
       k.convalidated
  FROM domains d JOIN pg_constraint k ON k.contypid = d.oid AND k.contype = 'c'
UNION ALL
SELECT a.attrelid, format('NOT NULL of %s', a.attname), format('%I IS NOT NULL', a.attname),
       ARRAY[a.attname::text], false, a.attinhcount > 0, true
  FROM pg_attribute a
 WHERE a.attrelid = ANY ($1::oid[]) AND a.attgenerated <> '' AND a.attnotnull
   AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY 1, 2
