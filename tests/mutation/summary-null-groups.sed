# src/statement/summary.c: a group of NULLs never finds its row
s/ IS NOT DISTINCT FROM / = /
