/* damage.c - fills struct damage. */
#include "audit/damage.h"

#include <stdarg.h>
#include <stdio.h>

int damage_set(struct damage *damage, enum damage_class class, const char *format, ...)
{
    damage->class = class;
    va_list args;
    va_start(args, format);
    vsnprintf(damage->text, sizeof damage->text, format, args);
    va_end(args);
    return -1;
}
