# src/statement/circle.c: rows that stay do not keep those that they refer to in a circle
s/WHERE stays\)"/WHERE stays AND false)"/
