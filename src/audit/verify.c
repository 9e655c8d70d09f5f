/* verify.c - reads a log to its end and puts the first damage into words. */
#include "audit/verify.h"

#include "audit/file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What the line behind the damaged one says, if it is a record. */
struct successor {
    bool exists;
    int64_t seq;
    char prev[SHA256_HEX];
};

static int report(struct error *err, const char *path, int64_t line, const char *text)
{
    return error_set(err, EXIT_AUDIT, "%s:%" PRId64 ": %s", file_shown(path), line, text);
}

static int report_unreadable(struct error *err, const char *path, int64_t line,
                             enum lines_result result)
{
    if (result == LINES_TOO_LONG)
        return error_set(err, EXIT_AUDIT, "%s:%" PRId64 ": line is longer than %d bytes",
                         file_shown(path), line, RECORD_BYTES);
    return error_set(err, EXIT_AUDIT, "could not read audit log \"%s\": %s", file_shown(path),
                     strerror(errno));
}

static void peek(const char *line, size_t length, struct successor *successor)
{
    record_peek(line, length, &successor->seq, successor->prev);
    successor->exists = successor->prev[0] != '\0';
}

/* A record that is malformed or contradicts others: was it written so, or changed afterwards? */
static int report_content(struct error *err, const char *path, const struct damage *damage,
                          const struct successor *next)
{
    if (!next->exists || strcmp(next->prev, damage->hash) == 0)
        return report(err, path, damage->line, damage->text);
    bool inserted = strcmp(next->prev, damage->before) == 0;
    report(err, path, damage->line,
           inserted ? "line was inserted" : "line was changed after it was written");
    error_detail(err, "line %" PRId64 " follows %s; this line: %s", damage->line + 1,
                 inserted ? "the line before this one" : "another text", damage->text);
    return -1;
}

/* The line before was changed, unless the line after shows that `prev` itself was. */
static int report_prev(struct error *err, const char *path, const struct damage *damage,
                       const struct successor *next)
{
    bool itself = next->exists && strcmp(next->prev, damage->hash) != 0;
    if (damage->line == 1 && !itself) {
        report(err, path, 1, "file does not follow the one before it");
        return error_detail(err, "\"prev\" is not the SHA-256 of the last line there.");
    }
    report(err, path, itself ? damage->line : damage->line - 1,
           "line was changed after it was written");
    if (next->exists)
        return error_detail(err, "\"prev\" of line %" PRId64 " is not its SHA-256",
                            itself ? damage->line + 1 : damage->line);
    return error_detail(err,
                        "\"prev\" of line %" PRId64 ", the last, is not its SHA-256; or that "
                        "line itself was changed",
                        damage->line);
}

/* The line that holds record `seq` further down, or 0. */
static int64_t find_seq(struct lines *lines, int64_t line_number, int64_t seq)
{
    const char *line;
    size_t length;
    while (lines_next(lines, &line, &length) == LINES_LINE) {
        int64_t found;
        char prev[SHA256_HEX];
        line_number++;
        record_peek(line, length, &found, prev);
        if (found == seq)
            return line_number;
    }
    return 0;
}

static int report_seq(struct error *err, const char *path, const struct damage *damage,
                      struct lines *lines, const struct successor *next)
{
    int64_t expected = damage->expected;
    char text[160];
    if (strcmp(damage->hash, damage->before) == 0)
        return report(err, path, damage->line, "line is a copy of the line before it");
    int64_t found = next->exists && next->seq == expected
                        ? damage->line + 1
                        : find_seq(lines, damage->line + 1, expected);
    bool follows_before = damage->seq < expected && strcmp(next->prev, damage->before) == 0;
    bool follows_other = next->seq == expected + 1 && strcmp(next->prev, damage->hash) != 0;
    if (next->exists && (follows_before || (follows_other && found == 0)))
        return report_content(err, path, damage, next);
    if (damage->seq < expected)
        snprintf(text, sizeof text, "record %" PRId64 " stands here again", damage->seq);
    else if (found > 0)
        snprintf(text, sizeof text,
                 "records are out of order: %" PRId64 " stands only on line %" PRId64, expected,
                 found);
    else if (damage->seq == expected + 1)
        snprintf(text, sizeof text, "record %" PRId64 " is missing", expected);
    else
        snprintf(text, sizeof text, "records %" PRId64 " to %" PRId64 " are missing", expected,
                 damage->seq - 1);
    return report(err, path, damage->line, text);
}

static int report_damage(struct error *err, const char *path, const struct damage *damage,
                         struct lines *lines, const struct successor *next)
{
    switch (damage->class) {
    case DAMAGE_TORN:
    case DAMAGE_CONTENT:
        return report_content(err, path, damage, next);
    case DAMAGE_PREV:
        return report_prev(err, path, damage, next);
    case DAMAGE_SEQ:
        return report_seq(err, path, damage, lines, next);
    }
    return -1;
}

/* Where the lines begin that a head with another root was taken of. */
static int report_rewritten(struct error *err, const char *path, const struct checker *checker,
                            const struct heads *heads)
{
    int64_t first = heads->last.size > checker->start.size ? heads->last.size : checker->start.size;
    int64_t line = first < checker->file_seq ? 1 : first - checker->file_seq + 1;
    error_set(err, EXIT_AUDIT,
              "%s:%" PRId64 ": records %" PRId64 " to %" PRId64 " were written anew",
              file_shown(path), line, first, heads->next.size - 1);
    return error_detail(err, "They are not those of the head on line %" PRId64 " of %s.",
                        heads->next.line, file_shown(heads->path));
}

static int follow_heads(const struct checker *checker, struct heads *heads, const char *path,
                        struct error *err)
{
    const char *origin = buffer_text(&checker->history.origin);
    enum heads_result result = HEADS_GOOD;
    if (!checker->continues)
        return 0;
    if (checker->start.size > 0 && checker->next_seq == checker->start.size + 1)
        result = heads_skip(heads, origin, &checker->start, err);
    if (result == HEADS_GOOD)
        result = heads_follow(heads, origin, &checker->tree, err);
    if (result == HEADS_DIFFER)
        return report_rewritten(err, path, checker, heads);
    return result == HEADS_GOOD ? 0 : -1;
}

/* Finds out what a line's damage is; the lines behind it may be read. */
static int explain(const struct damage *damage, const char *path, struct lines *lines,
                   int64_t number, struct error *err)
{
    const char *line;
    size_t length;
    struct successor next = {0};
    /* a torn line turns out to be damage only when a line after it is at hand */
    if (damage->line == number - 1)
        peek(lines->bytes + lines->start - lines->length - 1, lines->length, &next);
    else if (damage->line == number && lines_next(lines, &line, &length) == LINES_LINE)
        peek(line, length, &next);
    return report_damage(err, path, damage, lines, &next);
}

int verify_read(int fd, const char *path, struct checker *checker, struct heads *const *heads,
                size_t heads_count, bool *ret_complete, struct error *err)
{
    struct lines lines = {.fd = fd};
    const char *line;
    size_t length;
    struct damage damage = {0};
    struct error differs;
    bool has_differed = false;
    enum lines_result result;
    int64_t number = 0;
    while ((result = lines_next(&lines, &line, &length)) == LINES_LINE) {
        number++;
        if (checker_line(checker, line, length, &damage) != 0)
            return explain(&damage, path, &lines, number, err);
        if (has_differed)
            break; /* the line behind had nothing better to say */
        for (size_t i = 0; i < heads_count && !has_differed; i++)
            has_differed = follow_heads(checker, heads[i], path, &differs) != 0;
    }
    if (has_differed) {
        *err = differs;
        return -1;
    }
    if (result != LINES_END)
        return report_unreadable(err, path, number + 1, result);
    *ret_complete = number == 0 || lines.complete;
    return 0;
}

int verify_rotated(const struct files *files, struct checker *checker, struct heads *const *heads,
                   size_t heads_count, struct error *err)
{
    for (size_t i = 0; i < files->rotated_count; i++) {
        int fd;
        bool complete;
        if (file_open_read(files->rotated[i], &fd, err) != 0)
            return -1;
        checker_begin_file(checker);
        int result =
            verify_read(fd, files->rotated[i], checker, heads, heads_count, &complete, err);
        close(fd);
        if (result == 0 && !complete)
            result = error_set(err, EXIT_AUDIT, "\"%s\" was cut: its last line has no end",
                               file_shown(files->rotated[i]));
        if (result != 0)
            return -1;
    }
    checker_begin_file(checker);
    return 0;
}

int verify_end(const char *path, const struct checker *checker, const struct heads *heads,
               struct error *err)
{
    if (checker->start.size > checker->history.pruned_records)
        return error_set(err, EXIT_AUDIT,
                         "%s: records 0 to %" PRId64 " are missing, and were not pruned",
                         file_shown(path), checker->start.size - 1);
    if (!heads->has_next)
        return 0;
    error_set(err, EXIT_AUDIT, "%s:%" PRId64 ": records %" PRId64 " to %" PRId64 " were cut off",
              file_shown(path), checker->next_seq - checker->file_seq + 1, checker->next_seq,
              heads->next.size - 1);
    return error_detail(err, "The head on line %" PRId64 " of %s is of %" PRId64 " records.",
                        heads->next.line, file_shown(heads->path), heads->next.size);
}

static int read_all(const char *path, struct checker *checker, struct heads *const *heads,
                    size_t heads_count, struct arena *arena, struct error *err)
{
    int fd;
    bool complete;
    struct files files;
    if (file_open_read(path, &fd, err) != 0)
        return -1;
    int result = files_list(path, arena, &files, err);
    if (result == 0)
        result = verify_rotated(&files, checker, heads, heads_count, err);
    if (result == 0)
        result = verify_read(fd, path, checker, heads, heads_count, &complete, err);
    if (result == 0 && checker->next_seq == 0)
        result = error_set(err, EXIT_AUDIT, "audit log \"%s\" is empty", file_shown(path));
    for (size_t i = 0; i < heads_count && result == 0; i++)
        result = verify_end(path, checker, heads[i], err);
    close(fd);
    return result;
}

static void export_heads(const struct heads *heads, const struct heads *kept, struct arena *arena,
                         struct audit_state *state)
{
    state->heads = heads->count;
    state->head_records = heads->last.size;
    state->head_is_signed = heads->last.is_signed;
    tree_hash_text(&heads->last.root, state->head_root);
    state->signed_records = heads->verified.size;
    if (kept != NULL && kept->verified.size > state->signed_records)
        state->signed_records = kept->verified.size;
    if (heads->kept.length > 0)
        state->head_note = arena_strdup(arena, buffer_text(&heads->kept));
}

static int open_heads(struct heads *heads, const char *path, bool is_needed,
                      const struct note_key *keys, size_t key_count, struct error *err)
{
    heads->keys = keys;
    heads->key_count = key_count;
    heads->is_strict = key_count > 0;
    return heads_open(heads, path, is_needed, err);
}

int audit_verify_signed(const char *path, const struct audit_trust *trust, struct arena *arena,
                        struct audit_state *ret_state, struct error *err)
{
    struct checker checker;
    struct heads *heads[2] = {arena_alloc(arena, sizeof **heads), NULL};
    size_t count = 1;
    int result = open_heads(heads[0], files_beside(path, HEADS_ENDING, arena), false, trust->keys,
                            trust->key_count, err);
    if (result == 0 && trust->kept_head != NULL) {
        heads[count] = arena_alloc(arena, sizeof **heads);
        result =
            open_heads(heads[count++], trust->kept_head, true, trust->keys, trust->key_count, err);
    }
    checker_init(&checker);
    if (result == 0)
        result = read_all(path, &checker, heads, count, arena, err);
    if (result == 0) {
        checker_export(&checker, arena, ret_state);
        export_heads(heads[0], heads[1], arena, ret_state);
    }
    checker_free(&checker);
    for (size_t i = 0; i < count; i++)
        heads_close(heads[i]);
    return result;
}

int audit_verify(const char *path, struct arena *arena, struct audit_state *ret_state,
                 struct error *err)
{
    return audit_verify_signed(path, &(struct audit_trust){0}, arena, ret_state, err);
}

static int walk_file(const char *path, audit_visitor *visit, void *context, bool *ret_stopped,
                     struct error *err)
{
    int fd;
    if (file_open_read(path, &fd, err) != 0)
        return -1;
    struct lines lines = {.fd = fd};
    const char *line;
    size_t length;
    int64_t number = 0;
    enum lines_result result = LINES_END;
    while (!*ret_stopped && (result = lines_next(&lines, &line, &length)) == LINES_LINE)
        *ret_stopped = visit(context, ++number, line, length) != 0;
    int outcome =
        *ret_stopped || result == LINES_END ? 0 : report_unreadable(err, path, number + 1, result);
    close(fd);
    return outcome;
}

int audit_walk(const char *path, audit_visitor *visit, void *context, struct error *err)
{
    struct arena arena = {0};
    struct files files;
    bool stopped = false;
    int result = files_list(path, &arena, &files, err);
    for (size_t i = 0; i < files.rotated_count && result == 0 && !stopped; i++)
        result = walk_file(files.rotated[i], visit, context, &stopped, err);
    if (result == 0 && !stopped)
        result = walk_file(path, visit, context, &stopped, err);
    arena_free(&arena);
    return result;
}
