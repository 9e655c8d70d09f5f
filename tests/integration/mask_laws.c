/*
 * mask_laws.c - every mask on every type it accepts, over all hostile values
 *
 * A table says with which parameters each mask is tried, and what is true of any value it leaves.
 * A mask without a line for a type that it accepts fails, and so does a line that nothing meets.
 */
#include "mask_samples.h"
#include "mask_subject.h"
#include "mask_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *paths[] = {"$.**.email"};
static const char *keys[] = {"plan", "n"};

#define ANY NULL
#define TEXT " text varchar bpchar citext "
#define FINITE "v IN ('NaN', 'Infinity', '-Infinity') OR "
#define NETWORK(a)                                                                                 \
    "masklen(" a ") <= CASE family(" a ") WHEN 4 THEN 24 ELSE 48 END AND " a " = network(" a ")"
#define STAMPED "v ~ 'infinity' OR v ~ "

/* With these parameters, on these base types (ANY: all it accepts). */
static const struct variant {
    struct policy_mask mask;
    const char *types;
    /* SQL, true of every value `v` that is left, as text, NULLs aside; `f` is the sample's `fixed`
     * as the server prints it. */
    const char *left;
} variants[] = {
    {{.kind = MASK_NULL}, ANY, "false"},
    {{.kind = MASK_DEFAULT}, ANY, "v = f"},
    {{.kind = MASK_FIXED}, ANY, "v = f"},
    {{.kind = MASK_EMPTY}, ANY, "v IN ('', '{}', '\\x')"},
    {{.kind = MASK_UNIQUE},
     TEXT,
     "v ~ '^(erased-[-0-9a-f]{16,36}(@erased[.]invalid)?|e-[0-9a-f]{14})$'"},
    {{.kind = MASK_UNIQUE}, " uuid ", "v ~ '^e5a5ed00-[0-9a-f]{4}-4'"},
    {{.kind = MASK_IP_NETWORK},
     TEXT,
     "v ~ '^(([0-9]+[.]){3}0(/([0-9]|1[0-9]|2[0-4]))?|"
     "([0-9a-f]{1,4}(:[0-9a-f]{1,4}){0,2})?::(/([0-9]|[1-3][0-9]|4[0-8]))?)?$'"},
    {{.kind = MASK_IP_NETWORK}, " inet cidr ", NETWORK("v::inet")},
    {{.kind = MASK_IP_NETWORK},
     " _inet _cidr ",
     "array_ndims(v::inet[]) IS NOT DISTINCT FROM CASE WHEN v <> '{}' THEN 1 END AND NOT EXISTS "
     "(SELECT FROM unnest(v::inet[]) AS u(a) WHERE NOT (" NETWORK("a") "))"},
    {{.kind = MASK_PHONE_PREFIX, .number = 1}, TEXT, "v ~ '^[-+() ./0-9]?[-+() ./X]*$'"},
    {{.kind = MASK_PHONE_PREFIX, .number = 4}, TEXT, "v ~ '^[-+() ./0-9]{0,4}[-+() ./X]*$'"},
    {{.kind = MASK_PHONE_PREFIX, .number = 6}, TEXT, "v ~ '^[-+() ./0-9]{0,6}[-+() ./X]*$'"},
    {{.kind = MASK_FLOOR, .text = "hour"},
     " timestamp timestamptz ",
     STAMPED "':00:00([+]00)?( BC)?$'"},
    {{.kind = MASK_FLOOR, .text = "hour"}, " time ", "v ~ '^[0-9]{2}:00:00$'"},
    {{.kind = MASK_FLOOR, .text = "day"}, " timestamp timestamptz ", STAMPED "' 00:00:00'"},
    {{.kind = MASK_FLOOR, .text = "week"},
     ANY,
     "v ~ 'infinity' OR extract(isodow FROM v::timestamp) = 1"},
    {{.kind = MASK_FLOOR, .text = "month"}, ANY, STAMPED "'-01( 00:00:00.*)?( BC)?$'"},
    {{.kind = MASK_FLOOR, .text = "quarter"},
     ANY,
     STAMPED "'-(01|04|07|10)-01( 00:00:00.*)?( BC)?$'"},
    {{.kind = MASK_FLOOR, .text = "year"}, ANY, STAMPED "'-01-01( 00:00:00.*)?( BC)?$'"},
    {{.kind = MASK_BUCKET, .text = "10"}, " int2 ", "v IN ('-32768') OR v ~ '0$'"},
    {{.kind = MASK_BUCKET, .text = "100000"}, " int2 ", "v IN ('-32768', '0')"},
    {{.kind = MASK_BUCKET, .text = "7"}, " int4 ", "v::int % 7 = 0 OR v = '-2147483648'"},
    {{.kind = MASK_BUCKET, .text = "1000"},
     " int4 int8 ",
     "v ~ '(^0|000)$' OR v ~ '^-.*(3648|5808)$'"},
    {{.kind = MASK_BUCKET, .text = "999999999999999"},
     " int8 ",
     "v::int8 % 999999999999999 = 0 OR v = '-9223372036854775808'"},
    {{.kind = MASK_BUCKET, .text = "0.25"},
     " numeric ",
     FINITE "length(v) > 131000 OR mod(v::numeric, 0.25) = 0 OR v = '-9999.99'"},
    {{.kind = MASK_BUCKET, .text = "3000.0"},
     " numeric ",
     FINITE "length(v) > 131000 OR mod(v::numeric, 3000) = 0 OR v IN ('-9999.99', '-99900')"},
    {{.kind = MASK_BUCKET, .text = "0.1"},
     " float4 ",
     FINITE "abs(v::numeric) >= 419430.4 OR mod(v::numeric, 0.1) = 0"},
    {{.kind = MASK_BUCKET, .text = "0.1"},
     " float8 ",
     FINITE "abs(v::numeric) >= 56294995342131.2 OR mod(v::numeric, 0.1) = 0"},
    {{.kind = MASK_BUCKET, .text = "1000"},
     " float4 float8 ",
     FINITE "abs(v::numeric) > 3e38 OR mod(v::numeric, 1000) = 0"},
    {{.kind = MASK_EMAIL_DOMAIN},
     TEXT,
     "v ~ '^(erased|erase|eras|era|er|e)@[^@[:space:]]+[.][^@[:space:].]{2,}$' OR v = ''"},
    {{.kind = MASK_URL_ORIGIN}, TEXT, "v ~ '^((https?|ftp|wss?)://[^/?#@[:space:]]+/?)?$'"},
    {{.kind = MASK_AGENT_FAMILY}, TEXT, "v ~ '^([A-Za-z][-A-Za-z_.+]*[/ ][0-9]{1,3})?$'"},
    {{.kind = MASK_JSON_DROP, .items = paths, .item_count = 1},
     ANY,
     "v !~ '\"(email|.u0065mail)\"'"},
    {{.kind = MASK_JSON_KEEP, .items = keys, .item_count = 2}, ANY, "v !~ 'zq|email'"},
    {{.kind = MASK_KEYED_HASH}, TEXT, "v ~ '^h1:[0-9a-f]{8}:[0-9a-f]{64}$'"},
};

enum { VARIANTS = sizeof variants / sizeof variants[0] };

static bool tries(const struct variant *variant, const char *base_type)
{
    char word[80];
    snprintf(word, sizeof word, " %s ", base_type);
    return variant->types == ANY || strstr(variant->types, word) != NULL;
}

/* A table of the sample's values, with no mask yet. */
static struct subject fill(const struct sample *sample)
{
    struct subject on = subject((struct policy_mask){.kind = MASK_NULL}, sample->type);
    on.column.default_sql =
        arena_printf(&on.arena, "$fixed$%s$fixed$::%s", sample->fixed, on.column.type);
    insert(&on, sample->values, sample->value_count);
    insert(&on, &sample->fixed, 1);
    if (sample->large != NULL)
        session_runf(session, "INSERT INTO public.d (value) VALUES %s", sample->large);
    return on;
}

/* What is left of the values is what the table says, and no canary is among it. */
static void check_left(const struct variant *variant, const struct sample *sample,
                       const struct subject *on)
{
    bool gives = gives_value(on);
    char *wrong = NULL;
    if (asprintf(&wrong,
                 "SELECT coalesce(max(left(before, 100) || ' became ' || left(v, 100)), '') FROM "
                 "(SELECT coalesce(before, 'NULL') COLLATE pg_catalog.\"C\", value::text COLLATE "
                 "pg_catalog.\"C\", ($fixed$%s$fixed$::%s)::text FROM public.d) AS d(before, v, f) "
                 "WHERE ((%s) IS NOT TRUE AND NOT (v IS NULL AND %s)) OR (v ~* 'zq' AND %s)",
                 sample->fixed, on->column.type, variant->left, gives ? "false" : "true",
                 gives || on->mask.kind == MASK_JSON_DROP ? "false" : "true") < 0)
        fatal("out of memory");
    char *found = session_text(session, wrong);
    if (found[0] != '\0')
        fail_msg("mask %s on %s: %s", mask_name(on->mask.kind), sample->type, found);
    free(found);
    free(wrong);
}

/* Lines of the table met by the samples so far. */
static bool was_tried[VARIANTS];

static void check_mask(enum mask_kind kind, const struct sample *sample, struct subject *on)
{
    bool tried = false, allowed = false;
    for (size_t i = 0; i < VARIANTS; i++) {
        on->mask = variants[i].mask;
        if (kind == MASK_FIXED)
            on->mask.text = sample->fixed;
        if (on->mask.kind != kind || !may_stand(on))
            continue;
        allowed = true;
        if (!tries(&variants[i], on->column.base_type))
            continue;
        session_run(session, "BEGIN");
        if (kind == MASK_PHONE_PREFIX) /* it goes letter by letter: see its examples */
            session_run(session, "DELETE FROM public.d WHERE length(value::text) > 99999");
        check_laws(on);
        check_left(&variants[i], sample, on);
        session_run(session, "ROLLBACK");
        tried = was_tried[i] = true;
    }
    if (allowed && !tried)
        fail_msg("mask %s may stand on %s, but no line of the table says what it leaves",
                 mask_name(kind), sample->type);
}

void test_laws(void **state)
{
    (void)state;
    for (size_t i = 0; i < sample_count; i++) {
        struct subject on = fill(&samples[i]);
        for (int kind = 0; kind < MASK_KINDS; kind++)
            check_mask((enum mask_kind)kind, &samples[i], &on);
        arena_free(&on.arena);
    }
    for (size_t i = 0; i < VARIANTS; i++)
        if (!was_tried[i])
            fail_msg("line %zu of the table, %s, was never met", i,
                     mask_name(variants[i].mask.kind));
}
