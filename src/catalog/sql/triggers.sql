-- Triggers that a person created and that can fire for us.
-- $1 oid[]: tables
SELECT t.tgrelid,                                               -- 0
       t.tgname,                                                -- 1
       format('%I.%I', n.nspname, p.proname),                   -- 2
       t.tgtype & 1 = 1 AND t.tgtype & 2 = 2 AND t.tgtype & 8 = 8 -- 3
  FROM pg_trigger t
  JOIN pg_proc p ON p.oid = t.tgfoid
  JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE t.tgrelid = ANY ($1::oid[]) AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
 ORDER BY t.tgrelid, t.tgname
