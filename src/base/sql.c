/* sql.c - appends text and numbers parameters; equal parameters share one number. */
#include "base/sql.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void sql_add(struct sql *sql, const char *text)
{
    buffer_add(&sql->text, text);
}

void sql_addf(struct sql *sql, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = arena_alloc(sql->arena, (size_t)(length < 0 ? 0 : length) + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)(length < 0 ? 0 : length) + 1, format, args);
    va_end(args);
    sql_add(sql, text);
}

static bool same(const struct sql_param *a, const struct sql_param *b)
{
    bool same_value = a->value == b->value ||
                      (a->value != NULL && b->value != NULL && !strcmp(a->value, b->value));
    return same_value && a->secret == b->secret && strcmp(a->type, b->type) == 0;
}

static void add_param(struct sql *sql, struct sql_param param)
{
    size_t i = 0;
    while (i < sql->param_count && !same(&sql->params[i], &param))
        i++;
    if (i == sql->param_count)
        *ARENA_PUSH(sql->arena, sql->params, sql->param_count) = param;
    sql_addf(sql, "$%zu::%s", i + 1, param.type);
}

void sql_param(struct sql *sql, const char *value, const char *type)
{
    add_param(sql, (struct sql_param){.value = value, .type = type});
}

void sql_secret(struct sql *sql, const char *value, const char *type)
{
    add_param(sql, (struct sql_param){.value = value, .type = type, .secret = true});
}

void sql_free(struct sql *sql)
{
    buffer_free(&sql->text);
}
