# src/statement/clock.c: the first instant of a period is in none
s/" >= ", &slice->from/" > ", \&slice->from/
