
-- app.calls-old: refused, hold-invalid
