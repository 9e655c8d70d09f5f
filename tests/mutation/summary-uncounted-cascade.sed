# src/statement/predicate.c: rows to be counted go with their parents
s/w->purpose == FOR_COUNTING \|\| !test->is_counted/w->purpose == FOR_COUNTING || test->is_counted || true/
