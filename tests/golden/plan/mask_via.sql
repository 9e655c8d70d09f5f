
-- app.notes-old: refused, mask-clock
