/*
 * json_path.h - the part of SQL/JSON path that names members: .name ."na me" .* [*] .**
 */
#ifndef MASK_JSON_PATH_H
#define MASK_JSON_PATH_H

#include "base/arena.h"

#include <stddef.h>

enum json_step_kind {
    JSON_NAME,      /* .name */
    JSON_ANY_NAME,  /* .* */
    JSON_ELEMENTS,  /* [*] */
    JSON_ANY_DEPTH, /* .** */
};

struct json_step {
    enum json_step_kind kind;
    const char *name; /* decoded */
};

/* The last step is a name or `.*`, so that what a path selects is always a member. */
struct json_path {
    struct json_step *steps;
    size_t step_count;
    const char *text; /* for jsonpath's input, every name in quotes */
};

/* On failure `*ret_problem` says what is wrong with the text. */
int json_path_parse(const char *text, struct arena *arena, struct json_path *ret_path,
                    const char **ret_problem);

#endif
