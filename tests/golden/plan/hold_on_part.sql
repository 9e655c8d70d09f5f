
-- app.notes-old: refused, hold-on-partition
