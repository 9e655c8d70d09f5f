# src/enforce/sql/flush.sql: the WAL that holds the transaction id is not flushed before the intent
s/pg_logical_emit_message\(true, 'pgretain', ''\)/1/
