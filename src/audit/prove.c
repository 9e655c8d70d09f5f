/* prove.c - one pass to verify the log, one to collect the hashes of a proof. */
#include "audit/prove.h"

#include "audit/file.h"
#include "audit/proof.h"
#include "audit/record.h"
#include "base/base64.h"

#include <inttypes.h>
#include <string.h>

/* The second pass. */
struct prover {
    struct proof proof;
    int64_t next_seq;
    int64_t wanted; /* the record that is proved, or -1 */
    bool begun;
    struct buffer line; /* of that record */
};

/* The first line of a log whose first files were pruned says what the tree was. */
static void take_start(struct prover *prover, const char *line, size_t length)
{
    struct record record;
    struct damage ignored;
    struct tree tree;
    prover->begun = true;
    if (record_decode(line, length, &record, &ignored) != 0)
        return;
    const char *text = record_text(&record, "tree");
    if (text != NULL && tree_read_text(text, record.seq, &tree)) {
        proof_take_tree(&prover->proof, &tree);
        prover->next_seq = record.seq;
    }
    record_free(&record);
}

static int take_line(void *context, int64_t line_number, const char *line, size_t length)
{
    struct prover *prover = context;
    struct tree_hash leaf;
    (void)line_number;
    if (!prover->begun)
        take_start(prover, line, length);
    if (prover->next_seq == prover->wanted)
        buffer_add_bytes(&prover->line, line, length);
    tree_hash_leaf(line, length, &leaf);
    proof_take_leaf(&prover->proof, prover->next_seq++, &leaf);
    return 0;
}

bool audit_read_head(const char *text, size_t length, struct arena *arena, const char **ret_origin,
                     int64_t *ret_size, struct tree_hash *ret_root)
{
    char *copy = arena_strndup(arena, text, length);
    char *size = strchr(copy, '\n');
    char *root = size == NULL ? NULL : strchr(size + 1, '\n');
    char *end = root == NULL ? NULL : strchr(root + 1, '\n');
    if (end == NULL || end[1] != '\n' || size == copy || strlen(copy) != length)
        return false;
    *size++ = *root++ = *end = '\0';
    size_t digits = strspn(size, "0123456789");
    if (digits == 0 || digits > 16 || size[digits] != '\0' || size[0] == '0' ||
        !base64_read_exactly(root, strlen(root), ret_root->bytes, SHA256_BYTES))
        return false;
    *ret_origin = copy;
    *ret_size = 0;
    for (; *size != '\0'; size++)
        *ret_size = *ret_size * 10 + (*size - '0');
    return true;
}

/* The log's newest signed head, after all lines were verified. */
static int find_head(const char *path, struct arena *arena, const char **ret_note,
                     int64_t *ret_size, int64_t *ret_first, struct error *err)
{
    struct audit_state state;
    const char *origin;
    struct tree_hash root;
    if (audit_verify(path, arena, &state, err) != 0)
        return -1;
    if (state.head_note == NULL || !audit_read_head(state.head_note, strlen(state.head_note), arena,
                                                    &origin, ret_size, &root)) {
        error_set(err, EXIT_USAGE, "no head of \"%s\" is signed", file_shown(path));
        return error_hint(err, "A run signs with --audit-key.");
    }
    *ret_note = state.head_note;
    *ret_first = state.first_seq;
    return 0;
}

static int collect(const char *path, struct prover *prover, const char *note, struct buffer *out,
                   struct error *err)
{
    struct buffer extra = {0};
    if (audit_walk(path, take_line, prover, err) != 0) {
        buffer_free(&prover->line);
        return -1;
    }
    if (prover->wanted >= 0) {
        base64_add(&extra, prover->line.data, prover->line.length);
        buffer_addf(out, "c2sp.org/tlog-proof@v1\nextra %s\nindex %" PRId64 "\n",
                    buffer_text(&extra), prover->wanted);
    }
    for (size_t i = 0; i < prover->proof.count; i++) {
        base64_add(out, prover->proof.hash[i].bytes, SHA256_BYTES);
        buffer_add(out, "\n");
    }
    buffer_addf(out, "\n%s", note);
    buffer_free(&extra);
    buffer_free(&prover->line);
    return 0;
}

int audit_prove_record(const char *path, int64_t seq, struct arena *arena, struct buffer *out,
                       struct error *err)
{
    const char *note;
    int64_t size, first;
    struct prover prover = {.wanted = seq};
    if (find_head(path, arena, &note, &size, &first, err) != 0)
        return -1;
    if (seq < first)
        return error_set(err, EXIT_USAGE, "record %" PRId64 " was pruned", seq);
    if (seq >= size)
        return error_set(err, EXIT_USAGE,
                         "record %" PRId64 " is not covered: the newest signed head is of %" PRId64
                         " records",
                         seq, size);
    proof_of_inclusion(&prover.proof, seq, size);
    return collect(path, &prover, note, out, err);
}

int audit_prove_growth(const char *path, int64_t old_size, struct arena *arena, struct buffer *out,
                       struct error *err)
{
    const char *note;
    int64_t size, first;
    struct prover prover = {.wanted = -1};
    if (find_head(path, arena, &note, &size, &first, err) != 0)
        return -1;
    if (old_size < first || old_size < 1 || old_size > size)
        return error_set(err, EXIT_USAGE,
                         "a head of %" PRId64 " records cannot be compared: the log has records "
                         "%" PRId64 " to %" PRId64 " under a signed head",
                         old_size, first, size - 1);
    proof_of_consistency(&prover.proof, old_size, size);
    buffer_addf(out, "old %" PRId64 "\n", old_size);
    return collect(path, &prover, note, out, err);
}
