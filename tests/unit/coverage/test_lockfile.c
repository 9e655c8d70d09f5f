/* test_lockfile.c - what a lockfile says, how it is written, and files that are none. */
#include "coverage/coverage_private.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64], path[128];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/lockfile.XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/p.lock", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static void put(const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static char *get(void)
{
    static char text[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void test_paths(void **state)
{
    (void)state;
    static const struct {
        const char *policy, *lock;
    } names[] = {
        {"policy.yaml", "policy.lock"},
        {"policy", "policy.lock"},
        {"a.d/policy", "a.d/policy.lock"},
        {"a.d/policy.yml", "a.d/policy.lock"},
        {".policy", ".policy.lock"},
        {"a/.policy", "a/.policy.lock"},
        {"a.b.yaml", "a.b.lock"},
        {"x.lock", "x.lock.lock"},
        {"./x", "./x.lock"},
        {"../x.y/z", "../x.y/z.lock"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(lockfile_path(names[i].policy, &arena), names[i].lock);
    arena_free(&arena);
}

static void test_entries(void **state)
{
    (void)state;
    assert_true(entry_has_type("text", "text"));
    assert_false(entry_has_type("text", "tex"));
    assert_false(entry_has_type("text", "text[]"));
    assert_true(entry_has_type("bigint | integer", "integer"));
    assert_true(entry_has_type("bigint | integer | text", "integer"));
    assert_true(entry_has_type("bigint | integer; values like email", "integer"));
    assert_false(entry_has_type("text; values like email", "email"));
    assert_false(entry_has_type("bigint | integer", "bigint | integer"));
    assert_null(entry_values("text"));
    assert_string_equal(entry_values("text; values like email"), "email");
}

/* Each of them is refused with a sentence that has these words. */
static const struct {
    const char *text, *says;
    int status;
} broken[] = {
    {"", "is broken at line 1", EXIT_USAGE},
    {"{", "is broken at line 1", EXIT_USAGE},
    {"{\"format\": \"pgretain.lock/1\",\n \"tables\": {\n  \"a.b\": {\n", "is broken at line 4",
     EXIT_USAGE},
    {"[]", "is no lockfile of format pgretain.lock/1", EXIT_USAGE},
    {"{\"format\": \"pgretain.lock/2\", \"tables\": {}}", "is no lockfile", EXIT_USAGE},
    {"{\"format\": \"pgretain.lock/1\"}", "is no lockfile", EXIT_USAGE},
    {"{\"format\": \"pgretain.lock/1\", \"tables\": []}", "is no lockfile", EXIT_USAGE},
    {"{\"format\": \"pgretain.lock/1\", \"tables\": {\"a.b\": []}}", "is no lockfile", EXIT_USAGE},
    {"{\"format\": \"pgretain.lock/1\", \"tables\": {\"a.b\": {\"c\": 1}}}", "is no lockfile",
     EXIT_USAGE},
    {"{\"format\": \"pgretain.lock/1\", \"tables\": {\"a.b\": {\"c\": \"x\"}, \"a.d\": {\"c\": "
     "1}}}",
     "is no lockfile", EXIT_USAGE},
    {"{\"format\": \"pgretain.lock/1\", \"tables\": {\"a.b\": {\"c\": \"x\", \"c\": \"x\"}}}",
     "is broken at line 1", EXIT_USAGE},
    {"{\"format\": \"pgretain.lock/1\", \"tables\": {}} x", "is broken at line 1", EXIT_USAGE},
    {"\xff\xfe{", "is broken at line 1", EXIT_USAGE},
    {"{\n \"format\": \"pgretain.lock/1\",\n<<<<<<< HEAD\n \"tables\": {\n=======\n", "line 3 of",
     EXIT_USAGE},
    {"{\n \"format\": \"pgretain.lock/1\",\n \"tables\": {}\n}\n>>>>>>> b\n",
     "is left of a merge conflict", EXIT_USAGE},
};

static void test_broken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct lockfile *lock = NULL;
        struct error err = {0};
        put(broken[i].text);
        assert_int_equal(lockfile_read(path, &lock, &err), -1);
        assert_int_equal(err.status, broken[i].status);
        if (strstr(err.message, broken[i].says) == NULL)
            fail_msg("%s\n%s", broken[i].text, err.message);
        assert_non_null(strstr(err.hint, "--update-lock"));
        assert_null(lock);
    }
}

static void test_unreadable(void **state)
{
    (void)state;
    struct lockfile *lock = NULL;
    struct error err = {0};
    assert_int_equal(lockfile_read(folder, &lock, &err), -1); /* a directory */
    assert_int_equal(err.status, EXIT_FAILED);
    assert_non_null(strstr(err.message, "not a regular file"));
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0); /* nobody waits for a writer */
    assert_int_equal(lockfile_read(path, &lock, &err), -1);
    assert_non_null(strstr(err.message, "not a regular file"));
    unlink(path);
    assert_int_equal(lockfile_read(path, &lock, &err), 0);
    assert_null(lock);
}

/* A link is followed and stays one; the file's bytes are replaced at once. */
static void test_link(void **state)
{
    (void)state;
    char target[128];
    struct stat status;
    struct error err;
    struct buffer text = {0};
    snprintf(target, sizeof target, "%s/target", folder);
    put("old\n");
    assert_int_equal(rename(path, target), 0);
    assert_int_equal(symlink(target, path), 0);
    buffer_add(&text, "new\n");
    assert_int_equal(lockfile_write(path, &text, &err), 0);
    assert_int_equal(lstat(path, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_string_equal(get(), "new\n");
    unlink(path);
    assert_int_equal(lockfile_write("/nowhere/at/all.lock", &text, &err), -1);
    assert_int_equal(err.status, EXIT_FAILED);
    assert_non_null(strstr(err.message, "could not write the lockfile"));
    buffer_free(&text);
}

/* What somebody put where the new file is made is not written into. */
static void test_planted(void **state)
{
    (void)state;
    char victim[128], next[160];
    struct stat status;
    struct error err;
    struct buffer text = {0};
    snprintf(victim, sizeof victim, "%s/victim", folder);
    snprintf(next, sizeof next, "%s.tmp", path);
    put("victim\n");
    assert_int_equal(rename(path, victim), 0);
    buffer_add(&text, "new\n");
    for (int hard = 0; hard < 2; hard++) {
        assert_int_equal(hard ? link(victim, next) : symlink(victim, next), 0);
        assert_int_equal(lockfile_write(path, &text, &err), 0);
        assert_string_equal(get(), "new\n");
        assert_int_equal(stat(victim, &status), 0);
        assert_int_equal(status.st_size, strlen("victim\n"));
        assert_int_equal(lstat(next, &status), -1);
    }
    buffer_free(&text);
}

static struct table_name promised[] = {
    {"app", "*", false, true, "app", {0}},
    {"tenant_*", "*", true, true, "tenant_*", {0}},
};

static struct discovered_column found[] = {
    {.table_oid = 1,
     .schema = "app",
     .table = "b.c",
     .table_text = "app.\"b.c\"",
     .column = "z",
     .type = "text",
     .category = "personal",
     .kind = "email",
     .why = "statistics"},
    {.table_oid = 1,
     .schema = "app",
     .table = "b.c",
     .table_text = "app.\"b.c\"",
     .column = "a",
     .type = "integer",
     .category = "personal",
     .kind = "email",
     .why = "name"},
    {.table_oid = 2,
     .schema = "tenant_1",
     .table = "calls",
     .table_text = "tenant_1.calls",
     .column = "id",
     .type = "integer"},
    {.table_oid = 3,
     .schema = "tenant_2",
     .table = "calls",
     .table_text = "tenant_2.calls",
     .column = "id",
     .type = "bigint"},
    {.table_oid = 3,
     .schema = "tenant_2",
     .table = "calls",
     .table_text = "tenant_2.calls",
     .column = "note",
     .type = "text"},
};

static void format(size_t count, const struct lockfile *before, struct buffer *out,
                   struct lockfile_changes *changes)
{
    struct policy policy = {.name = "p", .coverage_schemas = promised, .coverage_count = 2};
    struct plan plan = {.policy = &policy};
    struct discovery discovery = {.columns = found, .column_count = count};
    lockfile_format(&plan, &discovery, before, out, changes);
}

/* Sorted, a column a line, tenants as one; what values looked like outlives a look at none. */
static void test_format(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct lockfile_changes changes;
    struct lockfile *lock = NULL;
    struct error err;
    format(5, NULL, &text, &changes);
    assert_string_equal(buffer_text(&text), "{\n"
                                            " \"format\": \"pgretain.lock/1\",\n"
                                            " \"policy\": \"p\",\n"
                                            " \"tables\": {\n"
                                            "  \"app.\\\"b.c\\\"\": {\n"
                                            "   \"a\": \"integer\",\n"
                                            "   \"z\": \"text; values like email\"\n"
                                            "  },\n"
                                            "  \"tenant_*.calls\": {\n"
                                            "   \"id\": \"bigint | integer\",\n"
                                            "   \"note\": \"text\"\n"
                                            "  }\n"
                                            " }\n"
                                            "}\n");
    assert_int_equal(changes.added, 4);
    put(text.data);
    assert_int_equal(lockfile_read(path, &lock, &err), 0);
    assert_non_null(lock);
    assert_true(lockfile_has_table(lock, "tenant_*.calls"));
    assert_false(lockfile_has_table(lock, "tenant_1.calls"));
    assert_string_equal(lockfile_entry(lock, "tenant_*.calls", "note"), "text");
    assert_null(lockfile_entry(lock, "tenant_*.calls", "id2"));

    struct buffer again = {0};
    found[0].category = found[0].kind = found[0].why = NULL;
    format(4, lock, &again, &changes); /* without "note" */
    assert_non_null(strstr(again.data, "\"text; values like email\""));
    assert_int_equal(changes.added, 0);
    assert_int_equal(changes.changed, 0);
    assert_int_equal(changes.gone, 1);
    lockfile_free(lock);
    buffer_free(&text);
    buffer_free(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths),  cmocka_unit_test(test_entries),
        cmocka_unit_test(test_broken), cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_link),   cmocka_unit_test(test_planted),
        cmocka_unit_test(test_format),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
