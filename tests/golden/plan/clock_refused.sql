
-- misspelt: refused, column-missing

-- far: refused, column-missing

-- text: refused, clock-type

-- lost: refused, table-missing

-- no-way: refused, clock-parent

-- no-such-via: refused, column-missing

-- other-via: refused, privilege

-- parents-column: refused, column-missing

-- unit-missing: refused, clock-type

-- unit-wrong: refused, clock-type

-- unit-needless: refused, clock-type
