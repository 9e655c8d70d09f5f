# src/statement/predicate.c: holds are counted but not in the deed
s/i < test->hold_count; i\+\+\) \{$/i < test->hold_count \&\& w->purpose == FOR_COUNTING; i++) {/
