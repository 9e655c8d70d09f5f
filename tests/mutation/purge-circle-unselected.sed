# src/plan/circle.c: rows of one rule of the circle are taken by no rule's test
s/i < above\.count; i\+\+/i + 1 < above.count; i++/
