# src/catalog/sql/cutoffs.sql: the running period is taken too
s/date_trunc\(w.unit, /date_trunc('microseconds', /
