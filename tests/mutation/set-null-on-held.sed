# src/plan/references.c: SET NULL may change a held row
s/if \(held->hold_count > 0\)/if (false)/
