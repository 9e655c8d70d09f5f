-- A transaction that does nothing but write to the WAL: its COMMIT flushes all that went before.
SELECT pg_logical_emit_message(true, 'pgretain', '')
