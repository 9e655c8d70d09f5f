/* test_source.c - what the text of a trigger function tells. */
#include "plan/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_columns(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        enum mention expected;
    } cases[] = {
        {"BEGIN NEW.updated_at := now(); RETURN NEW; END", MENTION_ASSIGNED},
        {"begin new.updated_at = now(); return new; end", MENTION_ASSIGNED},
        {"begin if true then new . UPDATED_AT=now(); end if; end", MENTION_ASSIGNED},
        {"begin new.\"updated_at\" /* x */ := now(); end", MENTION_ASSIGNED},
        {"begin select now() into new.updated_at; end", MENTION_ASSIGNED},
        {"begin x := 1; -- note\n new.updated_at = now(); end", MENTION_ASSIGNED},
        {"begin if new.updated_at = old.updated_at then return new; end if; end", MENTION_MADE},
        {"begin return jsonb_populate_record(new, '{\"updated_at\": 1}'); end", MENTION_NONE},
        {"begin return new #= hstore('updated_at', now()::text); end", MENTION_MADE},
        {"TD['new']['updated_at'] = 1", MENTION_MADE},
        {"begin -- new.updated_at := now();\n return new; end", MENTION_NONE},
        {"begin /* new.updated_at := now(); */ return new; end", MENTION_NONE},
        {"begin raise log 'new.updated_at := now()'; end", MENTION_NONE},
        {"begin old.updated_at := now(); end", MENTION_NONE},
        {"begin new.updated_at_not := now(); end", MENTION_NONE},
        {"begin renew.updated_at := now(); end", MENTION_NONE},
        {"begin perform 'it''s'; new.updated_at := now(); end", MENTION_ASSIGNED},
        {"begin execute $q$ select 1 $q$; new.updated_at := now(); end", MENTION_ASSIGNED},
        {"new.updated_at", MENTION_MADE},
        {"'unclosed new.updated_at := 1", MENTION_NONE},
        {"/* unclosed new.updated_at := 1", MENTION_NONE},
        {"", MENTION_NONE},
        {NULL, MENTION_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (source_finds_column(cases[i].source, "updated_at") != cases[i].expected)
            fail_msg("%s", cases[i].source);
}

static void test_copies(void **state)
{
    (void)state;
    static const struct {
        const char *source, *old_table;
        const char *target; /* "": none to be seen; NULL: nothing is copied */
    } cases[] = {
        {"begin insert into app.History values (old.*); return new; end", NULL, "app.history"},
        {"begin INSERT INTO audit (row) SELECT to_jsonb(OLD); end", NULL, "audit"},
        {"begin insert into \"App\".\"Log\" values (old.id); end", NULL, "app.log"},
        {"begin insert /* x */ into -- y\n app . log values (old.id); end", NULL, "app.log"},
        {"begin insert into log select * from gone; return null; end", "gone", "log"},
        {"begin insert into log select * from gone; return null; end", NULL, NULL},
        {"begin execute format('insert into %I values ($1.*)', tg_argv[0]) using old; end", NULL,
         NULL},
        {"begin perform audit.keep(old); return old; end", NULL, ""},
        {"begin perform audit.keep('u', old, new); return old; end", NULL, ""},
        {"begin execute $q$ insert into app.log values ($1.*) $q$ using old; end", NULL, "app.log"},
        {"begin insert into app.log values (new.id); return new; end", NULL, NULL},
        {"begin if old.id = 1 then return null; end if; return old; end", NULL, NULL},
        {"begin if old is distinct from new then return new; end if; end", NULL, NULL},
        {"begin -- insert into log values (old.*)\n return old; end", NULL, NULL},
        {"insert into", NULL, NULL},
        {"old insert into", NULL, ""},
        {"", NULL, NULL},
        {NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        const char *target;
        bool copies = source_copies_old(cases[i].source, cases[i].old_table, &arena, &target);
        if (copies != (cases[i].target != NULL))
            fail_msg("%s", cases[i].source);
        if (copies)
            assert_string_equal(target == NULL ? "" : target, cases[i].target);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_columns),
                                       cmocka_unit_test(test_copies)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
