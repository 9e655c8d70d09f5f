-- Code owned by people who are not superusers that a DELETE, an UPDATE or, marked as such, only an
-- INSERT of ours would run.
-- $1 oid[]: tables
WITH RECURSIVE domains AS (
    SELECT a.attrelid, t.oid, t.typbasetype
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid AND t.typtype = 'd'
     WHERE a.attrelid = ANY ($1::oid[])
    UNION
    SELECT d.attrelid, b.oid, b.typbasetype
      FROM domains d JOIN pg_type b ON b.oid = d.typbasetype AND b.typtype = 'd'
)
SELECT t.tgrelid,                                               -- 0
       format('trigger %I', t.tgname),                          -- 1
       t.tgtype & 24 = 0                                        -- 2
  FROM pg_trigger t
  JOIN pg_proc p ON p.oid = t.tgfoid
  JOIN pg_class c ON c.oid = t.tgrelid
 WHERE t.tgrelid = ANY ($1::oid[]) AND t.tgenabled IN ('O', 'A')
   AND (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstrrelid = 0)) -- see triggers.sql
   AND t.tgtype & 28 <> 0
   AND NOT (SELECT bool_and(r.rolsuper) FROM pg_roles r WHERE r.oid IN (p.proowner, c.relowner))
UNION ALL
SELECT o.relation, format('function %I.%I in %s', n.nspname, p.proname, o.what), false
  FROM (SELECT i.indrelid, 'pg_class'::regclass, i.indexrelid,
               'index ' || i.indexrelid::regclass::text
          FROM pg_index i WHERE i.indrelid = ANY ($1::oid[])
        UNION ALL
        SELECT k.conrelid, 'pg_constraint'::regclass, k.oid, format('constraint %I', k.conname)
          FROM pg_constraint k WHERE k.conrelid = ANY ($1::oid[]) AND k.contype = 'c'
        UNION ALL
        SELECT d.attrelid, 'pg_constraint'::regclass, k.oid, format('constraint %I', k.conname)
          FROM domains d JOIN pg_constraint k ON k.contypid = d.oid
        UNION ALL
        SELECT d.adrelid, 'pg_attrdef'::regclass, d.oid, 'a generated column or default'
          FROM pg_attrdef d WHERE d.adrelid = ANY ($1::oid[])
       ) AS o (relation, class, object, what)
  JOIN pg_depend e ON e.classid = o.class AND e.objid = o.object
                  AND e.refclassid = 'pg_proc'::regclass
  JOIN pg_proc p ON p.oid = e.refobjid
  JOIN pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_roles r ON r.oid = p.proowner
 WHERE NOT r.rolsuper
 ORDER BY 1, 2
