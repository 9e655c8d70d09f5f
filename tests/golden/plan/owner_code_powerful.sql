
-- app.calls-old: refused, owner-code

-- app.parts-old: refused, owner-code
