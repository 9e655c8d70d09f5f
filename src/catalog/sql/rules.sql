-- Rewrite rules that a DELETE or UPDATE of ours would meet.
-- $1 oid[]: tables
SELECT r.ev_class,                                              -- 0
       r.rulename,                                              -- 1
       r.is_instead,                                            -- 2
       r.ev_type = '4',                                         -- 3 DELETE; else UPDATE
       r.ev_type = '2'                                          -- 4
  FROM pg_rewrite r
 WHERE r.ev_class = ANY ($1::oid[]) AND r.ev_type IN ('2', '4') AND r.ev_enabled IN ('O', 'A')
 ORDER BY r.ev_class, r.rulename
