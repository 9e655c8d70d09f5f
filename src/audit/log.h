/*
 * log.h - a log that is open for writing, as the files of this room see it
 */
#ifndef AUDIT_LOG_H
#define AUDIT_LOG_H

#include "audit/checker.h"
#include "audit/key.h"

struct audit_log {
    int fd;
    bool dead;
    int64_t reserved_end; /* up to here the disk has room for us */
    const char *path;
    char run[RECORD_RUN_BYTES + 2];
    char head[SHA256_HEX]; /* of the last line written */
    int64_t next_seq;
    struct checker checker; /* may be one refused record ahead */
    struct buffer line;

    const char *heads_path;
    int heads_fd;      /* -1 until the first head is written */
    int64_t head_size; /* records of the newest head */
    bool head_is_signed;
    bool heads_are_torn, heads_lack_newline; /* what the next head has to mend */
    double head_at;                          /* when one was last written; monotonic seconds */
    const struct audit_key *key;             /* or NULL */
};

/* As audit_open(); a new log's first record has these fields beside its own. */
int log_open(const char *path, const char *origin, const struct audit_field *first,
             size_t first_count, struct arena *arena, struct audit_log **ret_log,
             struct audit_state *ret_state, struct error *err);

/* A log that has to exist, for who changes its files and is no run; fails as audit_open() does. */
int log_open_existing(const char *path, struct arena *arena, struct audit_log **ret_log,
                      struct audit_state *ret_state, struct error *err);

/* Writes a head, signed with the key unless it is NULL. */
int log_write_head(struct audit_log *log, const struct audit_key *key, struct error *err);

/* Fails once something could not be written. */
int log_check_alive(const struct audit_log *log, struct error *err);

#endif
