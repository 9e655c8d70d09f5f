
-- brief: refused, reference-cycle

-- app.folders-old: refused, reference-cycle
