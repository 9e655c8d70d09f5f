-- What the governor goes by, one row each: what, its name, a number (NULL: hidden from this role).
-- A WAL file's number among all of its timeline is in its name: the log, and its part of the log.
SELECT 'wal', '', (pg_current_wal_lsn() - '0/0')::float8
UNION ALL
SELECT 'replica', coalesce(nullif(application_name, ''), host(client_addr), pid::text),
       (replay_lsn - '0/0')::float8
  FROM pg_stat_replication
 WHERE state IS DISTINCT FROM 'backup'
UNION ALL
SELECT 'archive', '', (now.n - archived.n)::float8
  FROM (SELECT (SELECT last_archived_wal FROM pg_stat_archiver) AS last,
               (SELECT 4294967296 / setting::bigint FROM pg_settings
                 WHERE name = 'wal_segment_size') AS parts) AS wal
 CROSS JOIN LATERAL (SELECT pg_walfile_name(pg_current_wal_lsn()) AS name) AS current
 CROSS JOIN LATERAL (SELECT ('x' || substr(current.name, 9, 8))::bit(32)::bigint * wal.parts
                            + ('x' || substr(current.name, 17, 8))::bit(32)::bigint) AS now (n)
 CROSS JOIN LATERAL (SELECT CASE WHEN wal.last ~ '^[0-9A-F]{24}$' THEN
                            ('x' || substr(wal.last, 9, 8))::bit(32)::bigint * wal.parts
                            + ('x' || substr(wal.last, 17, 8))::bit(32)::bigint END) AS archived (n)
 WHERE current_setting('archive_mode') <> 'off'
