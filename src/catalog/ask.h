/*
 * ask.h - many questions to the server in few statements
 */
#ifndef CATALOG_ASK_H
#define CATALOG_ASK_H

#include "db/db.h"

enum answer { ANSWER_NO, ANSWER_YES, ANSWER_NULL, ANSWER_ERROR };

/* Something that the server can say yes or no to. Whoever asks embeds it as the first member. */
struct question {
    /* Appends a boolean SQL expression. */
    void (*write)(const struct question *question, struct sql *sql);
    enum answer answer;
    const char *reason; /* of ANSWER_ERROR: what went wrong, without values */
};

/*
 * Fills in all answers. They are put into one statement after another of some hundred each; one
 * that fails is halved until the questions that cannot be answered stand alone. Needs a
 * transaction, and leaves it as it was. Returns -1 only where the connection is lost.
 */
int ask_all(struct db *db, struct arena *arena, struct question **questions, size_t count,
            struct error *err);

#endif
