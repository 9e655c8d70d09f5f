# src/statement/summary.c: a group needs one row more
s/size >= /size > /
