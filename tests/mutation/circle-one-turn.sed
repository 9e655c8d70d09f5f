# src/statement/climb.c: a followed hold takes one turn of a circle and stops
s/pgretain_above\.tree = %zu"/pgretain_above.tree = %zu AND false"/
