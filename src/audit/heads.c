/* heads.c - one head after the other, held against the growing tree. */
#include "audit/heads.h"

#include "audit/file.h"
#include "base/base64.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum part { PART_ORIGIN, PART_SIZE, PART_ROOT, PART_EMPTY, PART_SIGNATURES };
enum { HASH_BASE64 = 44, SIZE_DIGITS = 16 };

static int fail(const struct heads *heads, struct error *err, int64_t line, const char *what)
{
    return error_set(err, EXIT_AUDIT, "%s:%" PRId64 ": %s", file_shown(heads->path), line, what);
}

/* Reads one line ahead. */
static int advance(struct heads *heads, struct error *err)
{
    const char *line;
    size_t length;
    switch (lines_next(&heads->lines, &line, &length)) {
    case LINES_LINE:
        buffer_clear(&heads->text);
        buffer_add_bytes(&heads->text, line, length);
        heads->line++;
        return 0;
    case LINES_END:
        heads->ended = true;
        return 0;
    case LINES_TOO_LONG:
        return fail(heads, err, heads->line + 1, "line is too long");
    case LINES_FAILED:
        break;
    }
    return error_set(err, EXIT_AUDIT, "could not read \"%s\": %s", file_shown(heads->path),
                     strerror(errno));
}

int heads_open(struct heads *heads, const char *path, bool is_needed, struct error *err)
{
    heads->path = path;
    heads->lines.fd = -1;
    heads->ended = true;
    if (!is_needed && access(path, F_OK) != 0)
        return 0;
    heads->ended = false;
    if (file_open_read(path, &heads->lines.fd, err) != 0)
        return -1;
    return advance(heads, err);
}

void heads_close(struct heads *heads)
{
    if (heads->lines.fd >= 0)
        close(heads->lines.fd);
    buffer_free(&heads->text);
    buffer_free(&heads->note);
    buffer_free(&heads->kept);
}

static bool is_text(const struct heads *heads, const char *text)
{
    return heads->text.length == strlen(text) && memcmp(heads->text.data, text, strlen(text)) == 0;
}

static bool read_size(const struct heads *heads, int64_t *ret_size)
{
    const char *text = buffer_text(&heads->text);
    int64_t size = 0;
    if (heads->text.length == 0 || heads->text.length > SIZE_DIGITS || text[0] == '0' ||
        strspn(text, "0123456789") != heads->text.length)
        return false;
    for (; *text != '\0'; text++)
        size = size * 10 + (*text - '0');
    *ret_size = size;
    return true;
}

static bool read_part(struct heads *heads, enum part part, const char *origin)
{
    const struct buffer *text = &heads->text;
    switch (part) {
    case PART_ORIGIN:
        return is_text(heads, origin);
    case PART_SIZE:
        return read_size(heads, &heads->next.size);
    case PART_ROOT:
        return base64_read_exactly(buffer_text(text), text->length, heads->next.root.bytes,
                                   SHA256_BYTES);
    case PART_EMPTY:
        return text->length == 0;
    case PART_SIGNATURES:
        break;
    }
    return false;
}

/* Whether the unfinished last line of the file can be the beginning of that part. */
static bool begins_part(const struct heads *heads, enum part part, const char *origin)
{
    static const char base64[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    const char *text = buffer_text(&heads->text);
    size_t length = heads->text.length, dash = sizeof NOTE_DASH - 1;
    switch (part) {
    case PART_ORIGIN:
        return strncmp(text, origin, length) == 0 || strncmp(text, HEADS_TORN, length) == 0;
    case PART_SIZE:
        return length <= SIZE_DIGITS && strspn(text, "0123456789") == length;
    case PART_ROOT:
        return length <= HASH_BASE64 && strspn(text, base64) == length;
    case PART_EMPTY:
        return false;
    case PART_SIGNATURES:
        return strncmp(text, NOTE_DASH, length < dash ? length : dash) == 0;
    }
    return false;
}

static const char no_part[] = "line is not part of a head of this log";

enum step { STEP_ON, STEP_AGAIN, STEP_END, STEP_BAD };

/* A line that does not fit: the end of a head that was cut short, or damage. */
static enum step take_misfit(struct heads *heads, enum part part, const char *origin,
                             const char *damage, struct error *err)
{
    int64_t line = heads->line;
    if (!heads->lines.complete && begins_part(heads, part, origin)) {
        heads->is_torn = heads->lacks_newline = true;
        return STEP_END;
    }
    if (!is_text(heads, HEADS_TORN) && advance(heads, err) != 0)
        return STEP_BAD;
    if (heads->ended || !is_text(heads, HEADS_TORN)) {
        fail(heads, err, line, damage);
        return STEP_BAD;
    }
    return advance(heads, err) == 0 ? STEP_AGAIN : STEP_BAD;
}

static enum step take_line(struct heads *heads, struct error *err)
{
    buffer_add_bytes(&heads->note, buffer_text(&heads->text), heads->text.length);
    buffer_add(&heads->note, "\n");
    return advance(heads, err) == 0 ? STEP_ON : STEP_BAD;
}

static enum step take_signature(struct heads *heads, size_t text_length, const char *origin,
                                struct error *err)
{
    enum note_verdict verdict = note_check(heads->keys, heads->key_count, heads->note.data,
                                           text_length, heads->text.data, heads->text.length);
    if (verdict == NOTE_MALFORMED || !heads->lines.complete)
        return take_misfit(heads, PART_SIGNATURES, origin, no_part, err);
    if (verdict == NOTE_FALSE)
        return take_misfit(heads, PART_SIGNATURES, origin,
                           "signature is false: the head was not signed with this key", err);
    heads->next.is_signed = true;
    heads->next.is_verified = heads->next.is_verified || verdict == NOTE_GOOD;
    return take_line(heads, err);
}

/* From the line that was read ahead to the last line of one head. */
static enum step read_head(struct heads *heads, const char *origin, struct error *err)
{
    enum step step = STEP_ON;
    size_t text_length = 0;
    buffer_clear(&heads->note);
    heads->next = (struct head){.line = heads->line};
    for (enum part part = PART_ORIGIN; part < PART_SIGNATURES && step == STEP_ON; part++) {
        if (heads->ended) {
            heads->is_torn = part > PART_ORIGIN;
            return STEP_END;
        }
        text_length = heads->note.length;
        if (!read_part(heads, part, origin) || !heads->lines.complete)
            step = take_misfit(heads, part, origin, no_part, err);
        else
            step = take_line(heads, err);
    }
    while (step == STEP_ON && !heads->ended && heads->text.length > 0 &&
           (unsigned char)heads->text.data[0] == (unsigned char)NOTE_DASH[0])
        step = take_signature(heads, text_length, origin, err);
    return step;
}

static int read_next(struct heads *heads, const char *origin, struct error *err)
{
    enum step step;
    do
        step = read_head(heads, origin, err);
    while (step == STEP_AGAIN);
    heads->has_next = step == STEP_ON;
    if (step == STEP_BAD)
        return -1;
    if (step == STEP_ON && heads->is_strict && heads->next.is_signed && !heads->next.is_verified) {
        fail(heads, err, heads->next.line, "head is signed with a key that was not given");
        return error_hint(err, "If the log's key was changed, give its earlier keys, too.");
    }
    return 0;
}

/* `next` is the head of the tree, or of one that is gone. */
static void keep(struct heads *heads)
{
    heads->last = heads->next;
    heads->count++;
    if (heads->next.is_verified)
        heads->verified = heads->next;
    if (heads->key_count > 0 ? heads->next.is_verified : heads->next.is_signed) {
        buffer_clear(&heads->kept);
        buffer_add_bytes(&heads->kept, heads->note.data, heads->note.length);
    }
}

static int begin(struct heads *heads, const char *origin, struct error *err)
{
    if (heads->begun || heads->ended)
        return 0;
    heads->begun = true;
    return read_next(heads, origin, err);
}

enum heads_result heads_skip(struct heads *heads, const char *origin, const struct tree *start,
                             struct error *err)
{
    if (begin(heads, origin, err) != 0)
        return HEADS_FAILED;
    while (heads->has_next && heads->next.size < start->size) {
        if (read_next(heads, origin, err) != 0)
            return HEADS_FAILED;
    }
    return heads_follow(heads, origin, start, err);
}

enum heads_result heads_follow(struct heads *heads, const char *origin, const struct tree *tree,
                               struct error *err)
{
    if (begin(heads, origin, err) != 0)
        return HEADS_FAILED;
    while (heads->has_next && heads->next.size <= tree->size) {
        struct tree_hash root;
        if (heads->next.size < tree->size) {
            fail(heads, err, heads->next.line, "head of fewer records than the one before");
            return HEADS_FAILED;
        }
        tree_root(tree, &root);
        if (memcmp(&root, &heads->next.root, sizeof root) != 0)
            return HEADS_DIFFER;
        keep(heads);
        if (read_next(heads, origin, err) != 0)
            return HEADS_FAILED;
    }
    return HEADS_GOOD;
}
