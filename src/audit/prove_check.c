/* prove_check.c - a proof as its reader sees it: a text, the log's public key, and nothing else. */
#include "audit/prove.h"

#include "audit/proof.h"
#include "base/base64.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_DIGITS = 16 };

/* A proof taken apart. */
struct parts {
    bool proves_growth;
    int64_t number; /* index or old size */
    struct buffer line;
    struct tree_hash hash[PROOF_HASHES];
    size_t count;
    const char *note;
};

static int refuse(struct error *err, const char *why)
{
    return error_set(err, EXIT_AUDIT, "proof does not hold: %s", why);
}

/* The next line, without newline; NULL at the end. */
static char *next_line(char **text)
{
    char *line = *text, *end = strchr(line, '\n');
    if (end == NULL)
        return NULL;
    *end = '\0';
    *text = end + 1;
    return line;
}

static bool read_number(const char *line, const char *word, int64_t *ret_number)
{
    size_t length = strlen(word);
    if (line == NULL || strncmp(line, word, length) != 0)
        return false;
    const char *digits = line + length;
    size_t count = strspn(digits, "0123456789");
    if (count == 0 || count > NUMBER_DIGITS || digits[count] != '\0' ||
        (digits[0] == '0' && count > 1))
        return false;
    *ret_number = strtoll(digits, NULL, 10);
    return true;
}

static bool read_hashes(char **text, struct parts *parts)
{
    for (char *line; (line = next_line(text)) != NULL;) {
        if (line[0] == '\0')
            return true;
        if (parts->count == PROOF_HASHES ||
            !base64_read_exactly(line, strlen(line), parts->hash[parts->count++].bytes,
                                 SHA256_BYTES))
            return false;
    }
    return false;
}

static bool read_parts(char *text, struct parts *parts)
{
    static const char extra[] = "extra ";
    char *line = next_line(&text);
    if (line == NULL)
        return false;
    parts->proves_growth = read_number(line, "old ", &parts->number);
    if (!parts->proves_growth) {
        if (strcmp(line, "c2sp.org/tlog-proof@v1") != 0 || (line = next_line(&text)) == NULL ||
            strncmp(line, extra, sizeof extra - 1) != 0 ||
            !base64_read(line + sizeof extra - 1, strlen(line) - (sizeof extra - 1),
                         &parts->line) ||
            !read_number(next_line(&text), "index ", &parts->number))
            return false;
    }
    if (!read_hashes(&text, parts))
        return false;
    parts->note = text;
    return true;
}

/* A head as signed note, with at least one signature by a given key. */
static int read_head(const char *note, const struct note_key *keys, size_t key_count,
                     struct arena *arena, const char **ret_origin, int64_t *ret_size,
                     struct tree_hash *ret_root, struct error *err)
{
    enum note_verdict best = NOTE_MALFORMED;
    if (!audit_read_head(note, strlen(note), arena, ret_origin, ret_size, ret_root))
        return refuse(err, "it rests on no head of a log");
    size_t length = (size_t)(strstr(note, "\n\n") + 1 - note);
    for (const char *line = note + length + 1, *end; (end = strchr(line, '\n')) != NULL;
         line = end + 1) {
        enum note_verdict verdict =
            note_check(keys, key_count, note, length, line, (size_t)(end - line));
        if (verdict == NOTE_FALSE)
            return refuse(err, "the signature of its head is false");
        best = verdict > best ? verdict : best;
    }
    if (best != NOTE_GOOD)
        return refuse(err, "its head is not signed with a key that was given");
    for (size_t i = 0; i < key_count; i++)
        if (strcmp(keys[i].name, *ret_origin) == 0)
            return 0;
    return refuse(err, "its head is signed with the key of another log");
}

static int check_record(const struct parts *parts, const struct tree_hash *root,
                        struct arena *arena, struct audit_proved *proved, struct error *err)
{
    struct tree_hash leaf;
    tree_hash_leaf(buffer_text(&parts->line), parts->line.length, &leaf);
    if (!tree_includes(parts->number, proved->records, &leaf, parts->hash, parts->count, root))
        return refuse(err, "the record does not lead to the root of the head");
    proved->seq = parts->number;
    proved->line = arena_strndup(arena, buffer_text(&parts->line), parts->line.length);
    proved->length = parts->line.length;
    return 0;
}

static int check_growth(const struct parts *parts, const struct buffer *old_head,
                        const struct tree_hash *root, const struct note_key *keys, size_t key_count,
                        struct arena *arena, struct audit_proved *proved, struct error *err)
{
    const char *origin;
    struct tree_hash old_root;
    if (old_head == NULL)
        return error_set(err, EXIT_USAGE, "such a proof needs the older head: --head FILE");
    if (read_head(buffer_text(old_head), keys, key_count, arena, &origin, &proved->old_records,
                  &old_root, err) != 0)
        return -1;
    if (strcmp(origin, proved->origin) != 0)
        return refuse(err, "the older head is another log's");
    if (proved->old_records != parts->number)
        return refuse(err, "it starts from another head than the older one");
    if (!tree_extends(parts->number, proved->records, &old_root, root, parts->hash, parts->count))
        return refuse(err, "the log does not go on from the older head");
    proved->seq = -1;
    return 0;
}

int audit_check_proof(const struct buffer *proof, const struct buffer *old_head,
                      const struct note_key *keys, size_t key_count, struct arena *arena,
                      struct audit_proved *ret_proved, struct error *err)
{
    struct parts parts = {0};
    struct audit_proved proved = {0};
    struct tree_hash root;
    char *text = arena_strdup(arena, buffer_text(proof));
    int result = 0;
    if (strlen(text) != proof->length || !read_parts(text, &parts))
        result = refuse(err, "it is not a proof of a log");
    if (result == 0)
        result = read_head(parts.note, keys, key_count, arena, &proved.origin, &proved.records,
                           &root, err);
    if (result == 0)
        result = parts.proves_growth
                     ? check_growth(&parts, old_head, &root, keys, key_count, arena, &proved, err)
                     : check_record(&parts, &root, arena, &proved, err);
    buffer_free(&parts.line);
    if (result == 0)
        *ret_proved = proved;
    return result;
}
