# src/plan/holds.c: follow: true is forgotten
s/^        if \(!hold->follow\)$/        if (true)/
