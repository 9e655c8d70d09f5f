/* verify.c - reads a log to its end and puts the first damage into words. */
#include "audit/verify.h"

#include "audit/file.h"
#include "audit/lines.h"

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
    int64_t expected = damage->line - 1;
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

static int read_lines(struct lines *lines, const char *path, struct checker *checker,
                      struct error *err)
{
    const char *line;
    size_t length;
    struct damage damage = {0};
    enum lines_result result;
    int64_t number = 0;
    while ((result = lines_next(lines, &line, &length)) == LINES_LINE) {
        number++;
        if (checker_line(checker, line, length, &damage) == 0)
            continue;
        struct successor next = {0};
        /* a torn line turns out to be damage only when a line after it is at hand */
        if (damage.line == number - 1 ||
            (damage.line == number && lines_next(lines, &line, &length) == LINES_LINE))
            peek(line, length, &next);
        return report_damage(err, path, &damage, lines, &next);
    }
    return result == LINES_END ? 0 : report_unreadable(err, path, number + 1, result);
}

int verify_read(int fd, const char *path, struct checker *checker, bool *ret_complete,
                struct error *err)
{
    struct lines lines = {.fd = fd};
    if (read_lines(&lines, path, checker, err) != 0)
        return -1;
    *ret_complete = checker->next_seq == 0 || lines.complete;
    return 0;
}

int audit_verify(const char *path, struct arena *arena, struct audit_state *ret_state,
                 struct error *err)
{
    int fd;
    bool complete;
    struct checker checker;
    if (file_open_read(path, &fd, err) != 0)
        return -1;
    checker_init(&checker);
    int result = verify_read(fd, path, &checker, &complete, err);
    if (result == 0 && checker.next_seq == 0)
        result = error_set(err, EXIT_AUDIT, "audit log \"%s\" is empty", file_shown(path));
    if (result == 0)
        checker_export(&checker, arena, ret_state);
    checker_free(&checker);
    close(fd);
    return result;
}

int audit_walk(const char *path, audit_visitor *visit, void *context, struct error *err)
{
    int fd;
    if (file_open_read(path, &fd, err) != 0)
        return -1;
    struct lines lines = {.fd = fd};
    const char *line;
    size_t length;
    int64_t number = 0;
    bool stopped = false;
    enum lines_result result = LINES_END;
    while (!stopped && (result = lines_next(&lines, &line, &length)) == LINES_LINE)
        stopped = visit(context, ++number, line, length) != 0;
    int outcome =
        stopped || result == LINES_END ? 0 : report_unreadable(err, path, number + 1, result);
    close(fd);
    return outcome;
}
