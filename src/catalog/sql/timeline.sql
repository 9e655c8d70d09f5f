-- The current timeline, from the name of the WAL file being written; on a standby from the last
-- restart point.
SELECT CASE WHEN pg_is_in_recovery()
            THEN (SELECT timeline_id::bigint FROM pg_control_checkpoint())
            ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint
       END
