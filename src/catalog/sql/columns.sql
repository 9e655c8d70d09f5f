-- Columns in order, with what decides whether a mask can stand on them.
-- $1 oid[]: tables
WITH RECURSIVE types AS (
    SELECT t.oid AS column_type, t.oid, t.typtype, t.typname, t.typbasetype,
           t.typnotnull, t.typtypmod
      FROM pg_type t
     WHERE t.oid IN (SELECT atttypid FROM pg_attribute WHERE attrelid = ANY ($1::oid[]))
    UNION ALL
    SELECT types.column_type, b.oid, b.typtype, b.typname, b.typbasetype,
           types.typnotnull OR b.typnotnull,
           CASE WHEN types.typtypmod >= 0 THEN types.typtypmod ELSE b.typtypmod END
      FROM types JOIN pg_type b ON b.oid = types.typbasetype
     WHERE types.typtype = 'd'
), operators AS (
    SELECT s.type_oid, min(format('%I', n.nspname)) AS schema
      FROM pg_operator p
     CROSS JOIN LATERAL (VALUES (p.oprleft), (p.oprright)) AS s (type_oid)
      JOIN pg_namespace n ON n.oid = p.oprnamespace
     WHERE n.nspname <> 'pg_catalog' AND s.type_oid >= 16384
     GROUP BY s.type_oid
)
SELECT a.attrelid,                                                                       -- 0
       a.attname,                                                                        -- 1
       format('%I', a.attname),                                                          -- 2
       format_type(a.atttypid, a.atttypmod),                                             -- 3
       b.typname,                                                                        -- 4
       CASE WHEN a.attgenerated = '' AND a.attidentity = ''
            THEN pg_get_expr(d.adbin, d.adrelid) END,                                    -- 5
       CASE WHEN b.typname IN ('varchar', 'bpchar')
            THEN greatest((CASE WHEN a.atttypmod >= 0 THEN a.atttypmod ELSE b.typtypmod END) - 4, 0)
            ELSE 0 END,                                                                  -- 6
       d.oid IS NOT NULL
           AND (EXISTS (SELECT FROM pg_depend p JOIN pg_proc f ON f.oid = p.refobjid
                         WHERE p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid
                           AND p.refclassid = 'pg_proc'::regclass AND f.provolatile = 'v')
                OR pg_get_expr(d.adbin, d.adrelid)
                   ~* '(nextval|random|_timestamp|timeofday|uuid|now|CURRENT_|LOCALTIME)'), -- 7
       a.attnotnull OR b.typnotnull,                                                     -- 8
       t.typtype = 'd',                                                                  -- 9
       a.attgenerated <> '',                                                             -- 10
       a.attidentity <> '',                                                              -- 11
       EXISTS (SELECT FROM pg_partitioned_table q
                WHERE q.partrelid = a.attrelid
                  AND (a.attnum = ANY (q.partattrs::int2[])
                       OR EXISTS (SELECT FROM pg_depend p -- in an expression of the key
                                   WHERE p.classid = 'pg_class'::regclass
                                     AND p.objid = a.attrelid AND p.objsubid = a.attnum
                                     AND p.refclassid = 'pg_class'::regclass
                                     AND p.refobjid = a.attrelid AND p.refobjsubid = 0
                                     AND p.deptype = 'i'))),                             -- 12
       (a.attrelid, a.attnum) IN (
           SELECT f.confrelid, k.attnum
             FROM pg_constraint f CROSS JOIN LATERAL unnest(f.confkey) AS k (attnum)
            WHERE f.contype = 'f'),                                                      -- 13
       (a.attrelid, a.attnum) IN (
           SELECT i.indrelid, (i.indkey::int2[])[0]
             FROM pg_index i WHERE i.indisvalid AND i.indpred IS NULL),                  -- 14
       has_column_privilege(a.attrelid, a.attnum, 'UPDATE'),                             -- 15
       b.typtype = 'e',                                                                  -- 16
       format_type(b.oid, -1),                                                           -- 17
       CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,          -- 18
       ARRAY(SELECT s.attname::text
               FROM pg_depend p
               JOIN pg_attribute s ON s.attrelid = a.attrelid AND s.attnum = p.refobjsubid
              WHERE a.attgenerated <> ''
                AND (p.classid, p.objid, p.objsubid) IN ( -- the former until PostgreSQL 14
                    ('pg_class'::regclass, a.attrelid, a.attnum),
                    ('pg_attrdef'::regclass, d.oid, 0))
                AND p.refclassid = 'pg_class'::regclass AND p.refobjid = a.attrelid
                AND p.refobjsubid NOT IN (0, a.attnum)
              ORDER BY s.attnum),                                                        -- 19
       -- numeric(p,s): p in the upper half, s in eleven bits with their sign
       CASE WHEN m.typmod > 0 THEN ((m.typmod - 4) >> 16) & 65535 ELSE 0 END,            -- 20
       CASE WHEN m.typmod > 0 THEN (((m.typmod - 4) & 2047) # 1024) - 1024 ELSE 0 END,   -- 21
       o.schema                                                                          -- 22
  FROM pg_attribute a
  JOIN pg_type t ON t.oid = a.atttypid
  JOIN types b ON b.column_type = a.atttypid AND b.typtype <> 'd'
 CROSS JOIN LATERAL (SELECT CASE WHEN b.typname <> 'numeric' THEN -1
                                 WHEN a.atttypmod >= 0 THEN a.atttypmod
                                 ELSE b.typtypmod END) AS m(typmod)
  LEFT JOIN operators o ON o.type_oid = b.oid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE a.attrelid = ANY ($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attrelid, a.attnum
