# src/catalog/sql/cutoffs.sql: the cutoff lies a day later
s/make_interval\(0, w.months, 0, w.days\)/make_interval(0, w.months, 0, w.days - 1)/
