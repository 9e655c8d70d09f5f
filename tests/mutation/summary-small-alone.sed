# src/statement/summary.c: every small group has a row of its own
s/CASE WHEN stands THEN by_/CASE WHEN true THEN by_/
