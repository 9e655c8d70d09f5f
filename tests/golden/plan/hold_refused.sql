
-- app.calls-old: refused, hold-on-partition

-- app.texts-old: refused, hold-on-partition
