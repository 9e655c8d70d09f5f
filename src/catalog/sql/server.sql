-- The server, the role, and the run's instant.
-- $1 text: the instant, or NULL for the current second; $2 text: the policy's time zone
SELECT current_setting('server_version_num')::int,             -- 0
       current_setting('server_version'),                      -- 1
       current_database(),                                     -- 2
       (SELECT system_identifier::text FROM pg_control_system()), -- 3
       current_user,                                           -- 4
       current_setting('session_replication_role'),            -- 5
       r.rolsuper,                                             -- 6
       r.rolsuper OR r.rolcreaterole
           OR pg_has_role(r.oid, 'pg_execute_server_program', 'MEMBER')
           OR pg_has_role(r.oid, 'pg_write_server_files', 'MEMBER')
           OR pg_has_role(r.oid, 'pg_read_server_files', 'MEMBER'), -- 7
       pg_is_in_recovery(),                                    -- 8
       (current_setting('log_parameter_max_length') <> '0'
            AND (current_setting('log_statement') IN ('mod', 'all')
                 OR current_setting('log_min_duration_statement') <> '-1'
                 OR current_setting('log_min_duration_sample') <> '-1'))
           OR current_setting('log_parameter_max_length_on_error') <> '0'
           OR coalesce(current_setting('pgaudit.log_parameter', true), 'off') = 'on', -- 9
       to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),           -- 10
       to_char(t.as_of, 'YYYY-MM-DD"T"HH24:MI:SS')
           || rtrim(rtrim(to_char(t.as_of, '.US'), '0'), '.') || 'Z', -- 11
       (t.as_of AT TIME ZONE $2)::text,                        -- 12
       (t.as_of AT TIME ZONE $2)::date::text,                  -- 13
       extract(epoch FROM clock_timestamp())::text,            -- 14
       current_setting('block_size')::int,                     -- 15
       t.as_of > now(),                                        -- 16
       extract(epoch FROM date_trunc('second', t.as_of))::bigint * 1000000
           + extract(microseconds FROM t.as_of)::bigint % 1000000, -- 17
       to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL, -- 18
       EXISTS (SELECT FROM pg_publication),                    -- 19
       CASE WHEN pg_is_in_recovery() THEN -1
            ELSE pg_current_wal_insert_lsn() - '0/0' END        -- 20
  FROM pg_roles r,
       (SELECT coalesce($1::timestamptz, date_trunc('second', now())) AS as_of) t
 WHERE r.rolname = current_user
