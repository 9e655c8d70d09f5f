-- Functions that an UPDATE has to call and that this role may not execute.
-- $1 oid[]: tables
SELECT o.relation,                                                           -- 0
       format('function %I.%I in %s', n.nspname, p.proname, o.what)          -- 1
  FROM (SELECT i.indrelid, 'pg_class'::regclass, i.indexrelid,
               'index ' || i.indexrelid::regclass::text
          FROM pg_index i WHERE i.indrelid = ANY ($1::oid[])
        UNION ALL
        SELECT k.conrelid, 'pg_constraint'::regclass, k.oid, format('constraint %I', k.conname)
          FROM pg_constraint k WHERE k.conrelid = ANY ($1::oid[]) AND k.contype = 'c'
        UNION ALL
        SELECT a.attrelid, 'pg_constraint'::regclass, k.oid, format('constraint %I', k.conname)
          FROM pg_attribute a JOIN pg_constraint k ON k.contypid = a.atttypid
         WHERE a.attrelid = ANY ($1::oid[]) AND NOT a.attisdropped
        UNION ALL -- a generated column, until PostgreSQL 14 and from 15 on
        SELECT a.attrelid, 'pg_class'::regclass, a.attrelid,
               format('generated column %I', a.attname)
          FROM pg_attribute a
         WHERE a.attrelid = ANY ($1::oid[]) AND a.attgenerated <> ''
        UNION ALL
        SELECT d.adrelid, 'pg_attrdef'::regclass, d.oid, format('generated column %I', a.attname)
          FROM pg_attrdef d
          JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                             AND a.attgenerated <> ''
         WHERE d.adrelid = ANY ($1::oid[])
       ) AS o (relation, class, object, what)
  JOIN pg_depend e ON e.classid = o.class AND e.objid = o.object
                  AND e.refclassid = 'pg_proc'::regclass
  JOIN pg_proc p ON p.oid = e.refobjid
  JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE NOT has_function_privilege(p.oid, 'EXECUTE')
 GROUP BY 1, 2
 ORDER BY 1, 2
