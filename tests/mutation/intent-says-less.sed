# src/enforce/batch.c: a batch is committed under an intent with fewer rows
s/\{"rows", NULL, deed->rows\},/{"rows", NULL, deed->rows - 1},/
