# src/statement/clock.c: the clock of any parent row will do
s/^    write_hop\(w, &clock->hop, alias\);/    sql_addf(w->sql, "EXISTS (SELECT FROM %s AS %s WHERE true", clock->hop.table->quoted, clock->hop.table->alias);/
