# src/statement/predicate.c: a hold that says NULL does not hold
s/where, "IS FALSE"/where, "IS NOT TRUE"/;s/where, "IS NOT FALSE"/where, "IS TRUE"/
