-- A hash of everything about a table that a step relies on, by name so that it survives a dump:
-- columns, constraints (its own and the foreign keys that refer to it), triggers, and what it is a
-- part of: a partition that was taken out of its table since is not the rule's any more.
-- $1 oid[]: tables
SELECT t.oid,                                                   -- 0
       encode(sha256(convert_to(concat_ws(E'\n',
           (SELECT string_agg(format('column %I %s %s %s %s', a.attname,
                       format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated,
                       a.attidentity), E'\n' ORDER BY a.attname)
              FROM pg_attribute a
             WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped),
           (SELECT string_agg(format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid)),
                       E'\n' ORDER BY k.conname)
              FROM pg_constraint k WHERE k.conrelid = t.oid),
           r.referring,
           (SELECT string_agg(format('part of %s', i.inhparent::regclass), E'\n'
                       ORDER BY i.inhseqno)
              FROM pg_inherits i WHERE i.inhrelid = t.oid),
           (SELECT string_agg(format('trigger %s %s', g.tgenabled, pg_get_triggerdef(g.oid)),
                       E'\n' ORDER BY g.tgname)
              FROM pg_trigger g
             WHERE g.tgrelid = t.oid
               AND (NOT g.tgisinternal OR (g.tgparentid <> 0 AND g.tgconstrrelid = 0)))
       ), 'UTF8')), 'hex')                                      -- 1
  FROM unnest($1::oid[]) WITH ORDINALITY AS t (oid, position)
  LEFT JOIN ( -- once for all tables: pg_constraint has no index by the table that is referred to
       SELECT k.confrelid,
              string_agg(format('referenced %s %I %s', k.conrelid::regclass, k.conname,
                         pg_get_constraintdef(k.oid)),
                         E'\n' ORDER BY k.conrelid::regclass::text, k.conname) AS referring
         FROM pg_constraint k
        WHERE k.confrelid = ANY ($1::oid[]) AND k.contype = 'f' AND k.conparentid = 0
        GROUP BY k.confrelid
       ) AS r ON r.confrelid = t.oid
 ORDER BY t.position
