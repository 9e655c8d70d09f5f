# src/plan/build.c: unless is forgotten
s/step->test->unless = rule->unless;/step->test->unless = NULL;/
