# src/statement/clock.c: one column before the cutoff is enough for latest
s/i == 0 \? "" : " AND "/i == 0 ? "" : " OR "/
