# src/statement/summary.c: periods are looked for in UTC
s/VALUES \(-1\), \(0\), \(1\)/VALUES (0)/
