# src/statement/predicate.c: a row whose unless is NULL is in scope
s/unless, "IS FALSE"/unless, "IS NOT TRUE"/
