-- Triggers that a person created and that can fire for us, with the text of their functions. Those
-- of a partition that come from its parent count as internal until PostgreSQL 14.
-- $1 oid[]: tables
SELECT t.tgrelid,                                               -- 0
       t.tgname,                                                -- 1
       format('%I.%I', n.nspname, p.proname),                   -- 2
       t.tgtype & 1 = 1,                                        -- 3 for each row
       t.tgtype & 2 = 2,                                        -- 4 before
       t.tgtype & 8 = 8,                                        -- 5 DELETE
       t.tgtype & 16 = 16,                                      -- 6 UPDATE
       ARRAY(SELECT a.attname::text FROM pg_attribute a
              WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr::int2[])
              ORDER BY a.attnum),                               -- 7
       string_to_array(encode(t.tgargs, 'escape'), E'\\000'),   -- 8
       CASE WHEN l.lanname NOT IN ('c', 'internal') THEN p.prosrc END, -- 9
       t.tgoldtable,                                            -- 10
       EXISTS (SELECT FROM unnest(p.proconfig) AS s WHERE s LIKE 'search_path=%') -- 11
  FROM pg_trigger t
  JOIN pg_proc p ON p.oid = t.tgfoid
  JOIN pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_language l ON l.oid = p.prolang
 WHERE t.tgrelid = ANY ($1::oid[]) AND t.tgenabled IN ('O', 'A')
   AND (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstrrelid = 0))
 ORDER BY t.tgrelid, t.tgname
