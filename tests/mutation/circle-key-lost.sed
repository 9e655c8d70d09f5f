# src/plan/ways.c: one of a circle's foreign keys is forgotten
s/if \(taken\[i\] \|\|/if ((i == 0 \&\& !starts) || taken[i] ||/
