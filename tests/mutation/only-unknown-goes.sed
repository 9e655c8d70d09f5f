# src/statement/predicate.c: a row whose only is NULL is in scope
s/only, "IS TRUE"/only, "IS NOT FALSE"/
