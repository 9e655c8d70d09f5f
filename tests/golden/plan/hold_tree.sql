
-- app.calls_1-old: refused, hold-cycle

-- app.users-old: refused, hold-cycle
