/*
 * fuzz_window.c - any text is either a window or an error, for windows and for table names
 *
 * A window's long form must read back as the same window, and no window exceeds itself.
 */
#include "pgretain/error.h"
#include "policy/policy.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_window(const struct window *window, struct arena *arena)
{
    struct window again;
    struct error err;
    if (window_exceeds(window, window) || window->months < 0 || window->days < 0)
        abort();
    /* the long form of several units is for people only */
    if (window->months > 0 && window->days > 0)
        return;
    if (window_parse(window->text, arena, &again, &err) == 0 &&
        (again.months != window->months || again.days != window->days))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct window window;
    struct table_name name;
    struct error err;
    const char *text = arena_strndup(&arena, (const char *)data, size);
    if (window_parse(text, &arena, &window, &err) == 0)
        check_window(&window, &arena);
    if (table_name_parse(text, &arena, &name, &err) == 0 &&
        (*name.schema == '\0' || *name.name == '\0'))
        abort();
    arena_free(&arena);
    return 0;
}
