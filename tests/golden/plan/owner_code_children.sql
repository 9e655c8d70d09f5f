
-- app.calls-old: refused, owner-code

-- app.texts-old: refused, owner-code
