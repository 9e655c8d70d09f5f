/* ask.c - see ask.h */
#include "catalog/ask.h"

#include <stdio.h>

enum { QUESTIONS_A_STATEMENT = 200 };

static int ask_once(struct db *db, struct question **questions, size_t count, struct error *err)
{
    struct arena arena = {0};
    struct sql sql = {.arena = &arena};
    struct db_result *r = NULL;
    for (size_t i = 0; i < count; i++) {
        sql_add(&sql, i == 0 ? "SELECT (" : ",\n(");
        questions[i]->write(questions[i], &sql);
        sql_add(&sql, ")");
    }
    int rc = db_query(db, &sql, &r, err);
    for (size_t i = 0; rc == 0 && i < count; i++)
        questions[i]->answer = db_value(r, 0, (int)i) == NULL ? ANSWER_NULL
                               : db_bool(r, 0, (int)i)        ? ANSWER_YES
                                                              : ANSWER_NO;
    db_result_free(r);
    sql_free(&sql);
    arena_free(&arena);
    return rc;
}

static int ask_some(struct db *db, struct arena *arena, struct question **questions, size_t count,
                    struct error *err)
{
    struct error why;
    if (db_run(db, "SAVEPOINT question", err) != 0)
        return -1;
    int rc = ask_once(db, questions, count, &why);
    if (db_run(db, "ROLLBACK TO SAVEPOINT question", err) != 0 ||
        db_run(db, "RELEASE SAVEPOINT question", err) != 0)
        return -1;
    if (rc == 0)
        return 0;
    if (count > 1)
        return ask_some(db, arena, questions, count / 2, err) != 0
                   ? -1
                   : ask_some(db, arena, questions + count / 2, count - count / 2, err);
    questions[0]->answer = ANSWER_ERROR;
    questions[0]->reason =
        arena_printf(arena, "%s%s%s", why.message, why.detail[0] == '\0' ? "" : ": ", why.detail);
    return 0;
}

int ask_all(struct db *db, struct arena *arena, struct question **questions, size_t count,
            struct error *err)
{
    for (size_t i = 0; i < count; i += QUESTIONS_A_STATEMENT) {
        size_t rest = count - i;
        if (ask_some(db, arena, questions + i,
                     rest < QUESTIONS_A_STATEMENT ? rest : QUESTIONS_A_STATEMENT, err) != 0)
            return -1;
    }
    return 0;
}
