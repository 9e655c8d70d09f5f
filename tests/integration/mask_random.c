/* mask_random.c - random documents, addresses and numbers against the oracles. */
#include "mask_oracle.h"
#include "mask_subject.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A random document and its paths, against a walk written in C over jansson. */
void test_json_drop_against_oracle(void **state)
{
    (void)state;
    struct random random = random_start(20261123, 1);
    for (int i = 0; i < 400; i++) {
        struct buffer document = {0};
        char paths[3][64];
        const char *items[3] = {paths[0], paths[1], paths[2]};
        size_t path_count = (size_t)random_between(&random, 1, 3);
        for (size_t p = 0; p < path_count; p++)
            oracle_draw_path(&random, paths[p], sizeof paths[p]);
        struct policy_mask mask = {
            .kind = MASK_JSON_DROP, .items = items, .item_count = path_count};
        const char *type = i % 2 == 0 ? "jsonb" : "json";
        struct subject on = subject(mask, type, type);
        make_table(&on);
        for (int row = 0; row < 8; row++) {
            buffer_clear(&document);
            oracle_draw_json(&random, 5, &document);
            insert(&on, buffer_text(&document));
        }
        check_laws(&on);
        PGresult *rows =
            session_rows(session, "SELECT before, value::text FROM public.d ORDER BY id");
        for (int row = 0; row < PQntuples(rows); row++)
            if (!oracle_json_dropped(PQgetvalue(rows, row, 0), PQgetvalue(rows, row, 1), items,
                                     path_count))
                fail_msg("%s without %s (of %zu) became %s", PQgetvalue(rows, row, 0), items[0],
                         path_count, PQgetvalue(rows, row, 1));
        PQclear(rows);
        buffer_free(&document);
        arena_free(&on.arena);
    }
}

/* Random texts over the letters of addresses and numbers, against oracles in C. */
static void check_random_texts(struct policy_mask mask, const char *letters, int longest,
                               void oracle(const char *text, int number, struct buffer *out))
{
    struct random random = random_start(20261123, 2);
    struct subject on = subject(mask, "text", "text");
    make_table(&on);
    struct buffer text = {0};
    for (int i = 0; i < 4000; i++) {
        buffer_clear(&text);
        if (mask.kind == MASK_IP_NETWORK && random_chance(&random, 60))
            oracle_draw_address(&random, &text);
        else
            for (int n = random_between(&random, 0, longest); n > 0; n--)
                buffer_addf(&text, "%c", letters[random_below(&random, (int)strlen(letters))]);
        insert(&on, buffer_text(&text));
    }
    check_laws(&on);
    PGresult *rows = session_rows(session, "SELECT before, value FROM public.d ORDER BY id");
    for (int row = 0; row < PQntuples(rows); row++) {
        buffer_clear(&text);
        oracle(PQgetvalue(rows, row, 0), mask.number, &text);
        if (strcmp(PQgetvalue(rows, row, 1), buffer_text(&text)) != 0)
            fail_msg("'%s' became '%s', not '%s'", PQgetvalue(rows, row, 0),
                     PQgetvalue(rows, row, 1), buffer_text(&text));
    }
    PQclear(rows);
    buffer_free(&text);
    arena_free(&on.arena);
}

void test_random_addresses(void **state)
{
    (void)state;
    check_random_texts((struct policy_mask){.kind = MASK_IP_NETWORK}, "0123459afF:::...//% x", 24,
                       oracle_network);
}

void test_random_numbers(void **state)
{
    (void)state;
    for (int n = 1; n <= 6; n++)
        check_random_texts((struct policy_mask){.kind = MASK_PHONE_PREFIX, .number = n},
                           "0123456789012+- ()./xXa", 16, oracle_phone);
}
