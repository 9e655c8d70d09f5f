# src/plan/ways.c: one of a circle's foreign keys is forgotten
s/\(!starts && plan_concerns\(fkey->child, search->table\)\)\)/(!starts \&\& (i == 0 || plan_concerns(fkey->child, search->table))))/
