# src/statement/summary.c: late rows do not look for their group
s/ OR EXISTS \(SELECT FROM / OR false AND EXISTS (SELECT FROM /
