# src/statement/circle.c: of a circle only the rows right below one are judged and taken
s/pgretain_below\.tree = %zu"/pgretain_below.tree = %zu AND false"/
