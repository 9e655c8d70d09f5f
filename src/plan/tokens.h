/*
 * tokens.h - SQL and PL/pgSQL as words and signs
 */
#ifndef PLAN_TOKENS_H
#define PLAN_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

/* A word, the content of a quoted name or a string, or a sign: ":=", "::" or one letter. */
struct token {
    const char *text;
    size_t length; /* 0 at the end, and of an empty string */
    bool is_string;
    bool is_name; /* a word or a quoted name */
};

/* Takes the next token, comments aside, and returns what follows it. Of a string quoted by dollars
 * the tag is a token of its own and what is inside follows: it is mostly SQL that will be run. */
const char *token_next(const char *at, struct token *ret_token);

/* Compares a word, a name or a sign, in any case. */
bool token_is(const struct token *token, const char *word);

#endif
