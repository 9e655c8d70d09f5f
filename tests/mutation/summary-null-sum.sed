# src/statement/summary.c: a sum of NULLs makes the row NULL
s/coalesce\(sum\(value_%zu\), '0'\)/sum(value_%zu)/
