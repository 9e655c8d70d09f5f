# src/statement/summary.c: late rows replace what was counted
s/"coalesce\(kept\.%s, '0'\) \+ found\.measure_%zu", column, i \+ 1/"found.measure_%zu", i + 1/
