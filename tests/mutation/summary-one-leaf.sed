# src/statement/summary.c: a tree is counted as its root alone
s/summary->leaf_oids == NULL \? "ONLY " : ""/"ONLY "/
