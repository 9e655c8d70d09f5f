/* checker.c - sequence, chain and time; what records mean together is history's. */
#include "audit/checker.h"

#include "audit/kinds.h"

#include <inttypes.h>
#include <string.h>

void checker_init(struct checker *checker)
{
    *checker = (struct checker){0};
    memset(checker->head, '0', SHA256_HEX - 1);
}

void checker_free(struct checker *checker)
{
    history_free(&checker->history);
}

void line_hash(const char *line, size_t length, struct line_hash *ret_hash)
{
    sha256_hex(line, length, ret_hash->hex);
    tree_hash_leaf(line, length, &ret_hash->leaf);
}

void checker_begin_file(struct checker *checker)
{
    checker->begun = false;
    checker->file_seq = checker->next_seq;
}

static void advance(struct checker *checker, const struct line_hash *hash)
{
    memcpy(checker->head, hash->hex, SHA256_HEX);
    tree_append(&checker->tree, &hash->leaf);
    checker->next_seq++;
}

static void locate(const struct checker *checker, const struct line_hash *hash,
                   struct damage *damage)
{
    damage->line = checker->next_seq - checker->file_seq + 1;
    damage->expected = checker->next_seq;
    memcpy(damage->hash, hash->hex, SHA256_HEX);
    memcpy(damage->before, checker->head, SHA256_HEX);
}

static int check_chain(const struct checker *checker, const struct record *record,
                       struct damage *damage)
{
    if (record->seq != checker->next_seq) {
        damage->seq = record->seq;
        return damage_set(damage, DAMAGE_SEQ, "record %" PRId64 " where %" PRId64 " belongs",
                          record->seq, checker->next_seq);
    }
    if (strcmp(record->prev, checker->head) != 0)
        return damage_set(damage, DAMAGE_PREV, "\"prev\" is not the SHA-256 of the line before");
    if (strcmp(record->at, checker->at) < 0)
        return damage_set(damage, DAMAGE_CONTENT, "time goes back: %s after %s", record->at,
                          checker->at);
    return 0;
}

static int check_log_begin(const struct checker *checker, const struct record *record,
                           struct damage *damage)
{
    struct buffer tree = {0};
    const char *claimed = record_text(record, "tree");
    if (checker->begun || (checker->continues && claimed == NULL))
        return damage_set(damage, DAMAGE_CONTENT, "second log_begin");
    if (!checker->continues && claimed == NULL)
        return 0;
    tree_add_text(&checker->tree, &tree);
    bool same = strcmp(buffer_text(&tree), claimed) == 0;
    buffer_free(&tree);
    if (!same)
        return damage_set(damage, DAMAGE_CONTENT,
                          "\"tree\" is not the Merkle tree of the records before");
    return 0;
}

static int check_run(struct checker *checker, const struct record *record, struct damage *damage)
{
    bool begins_log = strcmp(record->kind->name, "log_begin") == 0;
    if (begins_log && check_log_begin(checker, record, damage) != 0)
        return -1;
    if (!begins_log && !checker->begun)
        return damage_set(damage, DAMAGE_CONTENT, "log does not start with log_begin");
    if (kind_is_about_log(record->kind) && record->run != NULL)
        return damage_set(damage, DAMAGE_CONTENT, "%s record with a run", record->kind->name);
    if (kind_is_about_log(record->kind))
        return 0;
    if (record->run == NULL)
        return damage_set(damage, DAMAGE_CONTENT, "%s record has no field \"run\"",
                          record->kind->name);
    if (strcmp(record->kind->name, "run_begin") == 0 || history_explains_torn(record))
        return 0;
    return history_check_run(&checker->history, record, damage);
}

/* Torn lines are followed by the record that says so, or by log_begin where the first was torn. */
static int check_torn(const struct checker *checker, const struct record *record,
                      struct damage *damage)
{
    bool explained = checker->begun ? history_explains_torn(record)
                                    : strcmp(record->kind->name, "log_begin") == 0;
    if (checker->torn && !explained) {
        *damage = checker->torn_line;
        return -1;
    }
    if (!checker->torn && history_explains_torn(record))
        return damage_set(damage, DAMAGE_CONTENT, "recovered speaks of a torn line that is whole");
    return 0;
}

/*
 * A log whose first files were pruned starts with what they amounted to. Whether that is true shows
 * in the heads to come, whose trees have it as their beginning.
 */
static void start_behind_pruned(struct checker *checker, const struct record *record)
{
    const char *tree = record_text(record, "tree");
    struct tree start;
    if (checker->continues || tree == NULL || !tree_read_text(tree, record->seq, &start))
        return;
    checker->file_seq = record->seq - (checker->next_seq - checker->file_seq);
    checker->next_seq = record->seq;
    checker->tree = checker->start = start;
    memcpy(checker->head, record->prev, SHA256_HEX);
}

int checker_record(struct checker *checker, const struct record *record,
                   const struct line_hash *hash, struct damage *damage)
{
    locate(checker, hash, damage);
    if (check_torn(checker, record, damage) != 0)
        return -1;
    if (strcmp(record->kind->name, "log_begin") == 0)
        start_behind_pruned(checker, record);
    if (check_chain(checker, record, damage) != 0 || check_run(checker, record, damage) != 0)
        return -1;
    if (record->kind->take != NULL && record->kind->take(&checker->history, record, damage) != 0)
        return -1;
    checker->begun = checker->continues = true;
    checker->torn = false;
    memcpy(checker->at, record->at, strlen(record->at) + 1);
    advance(checker, hash);
    return 0;
}

int checker_line(struct checker *checker, const char *line, size_t length, struct damage *damage)
{
    struct record record;
    struct line_hash hash;
    line_hash(line, length, &hash);
    locate(checker, &hash, damage);
    if (record_decode(line, length, &record, damage) == 0) {
        int result = checker_record(checker, &record, &hash, damage);
        record_free(&record);
        return result;
    }
    if (damage->class != DAMAGE_TORN)
        return -1;
    if (!checker->torn)
        checker->torn_line = *damage;
    checker->torn = true;
    advance(checker, &hash);
    return 0;
}

void checker_export(const struct checker *checker, struct arena *arena,
                    struct audit_state *ret_state)
{
    struct audit_state state = {
        .first_seq = checker->start.size, .records = checker->next_seq, .torn = checker->torn};
    memcpy(state.head, checker->head, SHA256_HEX);
    history_export(&checker->history, arena, &state);
    *ret_state = state;
}
