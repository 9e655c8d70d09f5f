# src/statement/climb.c: a hold that says NULL does not hold, over a circle
s/"IS NOT FALSE"/"IS TRUE"/
