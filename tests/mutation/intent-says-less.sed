# src/enforce/records.c: a batch is committed under an intent with fewer rows
s/^    add_count\(\&r, "rows", lane->rows\);$/    add_count(\&r, "rows", lane->rows - 1);/
