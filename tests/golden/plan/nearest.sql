
-- column: refused, column-missing
