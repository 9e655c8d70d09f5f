# src/statement/clock.c: a row exactly at the cutoff counts as past it
s/" < "/" <= "/
