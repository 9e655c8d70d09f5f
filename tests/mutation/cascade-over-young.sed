# src/statement/predicate.c: children that stay do not keep a parent that cascades to them
s/sql_add\(w->sql, "\)\) IS NOT TRUE"\);/sql_add(w->sql, ")) IS NULL");/
