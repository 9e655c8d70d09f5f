# src/plan/references.c: children of NO ACTION and RESTRICT do not block
s/^    add_block\(plan, step, test, &block\);$/    if (fkey->on_delete == REFERENCE_CASCADE)\n        add_block(plan, step, test, \&block);/
