# src/statement/clock.c: a clock at epoch 0 counts as dated
/write_epoch\(w, clock->columns/,/^\}/!s/^(        sql_add\(w->sql, ")( > )("\);)$/\1 >= \3/
