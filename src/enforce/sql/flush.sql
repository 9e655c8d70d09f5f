-- A transaction that does nothing but write to the WAL: its COMMIT flushes all that went before
-- this position, in bytes.
SELECT pg_logical_emit_message(true, 'pgretain', '') - '0/0' -- 0
