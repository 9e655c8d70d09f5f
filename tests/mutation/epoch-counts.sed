# src/statement/clock.c: a clock at epoch 0 counts as dated
s/" > '1970-01-01/" >= '1970-01-01/
