/* report.c - collects diagnostics, orders them, and words "did you mean". */
#include "base/buffer.h"
#include "base/nearest.h"
#include "policy/reader.h"
#include "policy/text.h"

#include <stdarg.h>
#include <stdio.h>

static void add(struct reader *reader, struct diagnostic item, const char *hint, const char *format,
                va_list args) __attribute__((format(printf, 4, 0)));

/* `item` has mark, severity and code. */
static void add(struct reader *reader, struct diagnostic item, const char *hint, const char *format,
                va_list args)
{
    struct diagnostics *all = reader->diagnostics;
    char message[1024];
    if (!item.is_warning)
        all->errors++;
    if (all->count >= DIAGNOSTICS_SHOWN)
        return;
    vsnprintf(message, sizeof message, format, args);
    item.message = arena_strdup(&all->arena, message);
    item.hint = arena_strdup(&all->arena, hint);
    *ARENA_PUSH(&all->arena, all->items, all->count) = item;
}

void report_error(struct reader *reader, struct mark mark, const char *hint, const char *format,
                  ...)
{
    va_list args;
    va_start(args, format);
    add(reader, (struct diagnostic){.mark = mark, .code = "policy-invalid"}, hint, format, args);
    va_end(args);
}

void report_warning(struct reader *reader, const char *code, struct mark mark, const char *hint,
                    const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(reader, (struct diagnostic){.mark = mark, .is_warning = true, .code = code}, hint, format,
        args);
    va_end(args);
}

const char *hint_choices(struct reader *reader, const char *what, const char *word,
                         const char *const *choices, size_t count)
{
    enum { LISTED = 30 };
    if (reader->diagnostics->count >= DIAGNOSTICS_SHOWN || count == 0)
        return NULL;
    struct buffer hint = {0};
    const char *best = nearest(word, choices, count);
    if (best != NULL)
        buffer_addf(&hint, "Did you mean %s? ", text_quote(reader->arena, best));
    buffer_addf(&hint, "%s: ", what);
    size_t shown = 0;
    for (size_t i = 0; i < count && shown < LISTED; i++)
        if (text_is_showable(choices[i]))
            buffer_addf(&hint, "%s%s", shown++ == 0 ? "" : ", ", choices[i]);
    buffer_add(&hint, shown < count ? ", and more." : ".");
    const char *copy = arena_strdup(reader->arena, buffer_text(&hint));
    buffer_free(&hint);
    return copy;
}

static bool is_before(struct mark a, struct mark b)
{
    return a.line < b.line || (a.line == b.line && a.column < b.column);
}

void report_finish(struct reader *reader)
{
    struct diagnostics *all = reader->diagnostics;
    for (size_t i = 1; i < all->count; i++) {
        struct diagnostic item = all->items[i];
        size_t to = i;
        for (; to > 0 && is_before(item.mark, all->items[to - 1].mark); to--)
            all->items[to] = all->items[to - 1];
        all->items[to] = item;
    }
    if (all->count >= DIAGNOSTICS_SHOWN)
        *ARENA_PUSH(&all->arena, all->items, all->count) = (struct diagnostic){
            .message = arena_printf(&all->arena, "only the first %d problems are shown",
                                    DIAGNOSTICS_SHOWN),
            .is_warning = true,
            .code = "policy-truncated",
        };
}
