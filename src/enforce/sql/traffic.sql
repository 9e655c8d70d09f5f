-- How many transactions the database has seen, and how many of the whole server wrote something.
SELECT (xact_commit + xact_rollback)::float8,                                   -- 0
       pg_snapshot_xmax(pg_current_snapshot())::text::float8                    -- 1
  FROM pg_stat_database
 WHERE datname = current_database()
