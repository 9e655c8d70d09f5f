# src/plan/references.c: SET NULL may change a held row
s/if \(block.held->hold_count > 0\)/if (false)/
