/* mask_random.c - random documents, addresses and numbers against the oracles. */
#include "mask_oracle.h"
#include "mask_subject.h"
#include "mask_tests.h"

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
    for (int i = 0; i < 150; i++) {
        struct buffer document = {0};
        char paths[3][64];
        const char *items[3] = {paths[0], paths[1], paths[2]};
        size_t path_count = (size_t)random_between(&random, 1, 3);
        for (size_t p = 0; p < path_count; p++)
            oracle_draw_path(&random, paths[p], sizeof paths[p]);
        struct policy_mask mask = {
            .kind = MASK_JSON_DROP, .items = items, .item_count = path_count};
        const char *type = i % 2 == 0 ? "jsonb" : "json";
        struct subject on = subject(mask, type);
        const char *documents[8];
        for (int row = 0; row < 8; row++) {
            buffer_clear(&document);
            oracle_draw_json(&random, 5, &document);
            documents[row] = arena_strdup(&on.arena, buffer_text(&document));
        }
        insert(&on, documents, 8);
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

/* What a mask makes of 4,000 random texts, against an oracle in C. */
static void check_random_texts(struct policy_mask mask, const char *type, draw_value *draw,
                               oracle *expect)
{
    struct random random = random_start(20261123, 2);
    struct subject on = subject(mask, type);
    struct buffer text = {0};
    const char *texts[4000];
    for (int i = 0; i < 4000; i++) {
        buffer_clear(&text);
        draw(&random, &text);
        texts[i] = arena_strdup(&on.arena, buffer_text(&text));
    }
    insert(&on, texts, 4000);
    check_laws(&on);
    PGresult *rows = session_rows(session, "SELECT before, value FROM public.d ORDER BY id");
    int changed = 0;
    for (int row = 0; row < PQntuples(rows); row++) {
        buffer_clear(&text);
        expect(PQgetvalue(rows, row, 0), &mask, &text);
        if (strcmp(PQgetvalue(rows, row, 1), buffer_text(&text)) != 0)
            fail_msg("'%s' became '%s', not '%s'", PQgetvalue(rows, row, 0),
                     PQgetvalue(rows, row, 1), buffer_text(&text));
        changed += buffer_text(&text)[0] != '\0' &&
                   strcmp(PQgetvalue(rows, row, 0), buffer_text(&text)) != 0;
    }
    assert_in_range(changed, 400, 4000); /* not all of it was rubbish */
    PQclear(rows);
    buffer_free(&text);
    arena_free(&on.arena);
}

void test_random_addresses(void **state)
{
    (void)state;
    check_random_texts((struct policy_mask){.kind = MASK_IP_NETWORK}, "text", oracle_draw_address,
                       oracle_network);
}

void test_random_numbers(void **state)
{
    (void)state;
    for (int n = 1; n <= 6; n++)
        check_random_texts((struct policy_mask){.kind = MASK_PHONE_PREFIX, .number = n}, "text",
                           oracle_draw_phone, oracle_phone);
}

void test_random_emails(void **state)
{
    (void)state;
    check_random_texts((struct policy_mask){.kind = MASK_EMAIL_DOMAIN}, "text", oracle_draw_email,
                       oracle_email);
}

void test_random_urls(void **state)
{
    (void)state;
    check_random_texts((struct policy_mask){.kind = MASK_URL_ORIGIN}, "text", oracle_draw_url,
                       oracle_url);
}

void test_random_agents(void **state)
{
    (void)state;
    check_random_texts((struct policy_mask){.kind = MASK_AGENT_FAMILY}, "text", oracle_draw_agent,
                       oracle_agent);
}

void test_random_buckets(void **state)
{
    (void)state;
    static const char *const widths[] = {"0.1", "0.25", "7", "1000", "0.003"};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        struct policy_mask mask = {.kind = MASK_BUCKET, .text = widths[i]};
        check_random_texts(mask, "double precision", oracle_draw_double, oracle_double);
        check_random_texts(mask, "real", oracle_draw_real, oracle_real);
        check_random_texts(mask, "numeric", oracle_draw_numeric, oracle_numeric);
    }
}
