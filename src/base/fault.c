/* fault.c - empty but in test builds. */
#include "base/fault.h"

#ifdef PGRETAIN_FAULTS
#include <signal.h>
#include <stdlib.h>
#include <string.h>

void fault_point(const char *name)
{
    static int passed;
    const char *wanted = getenv("PGRETAIN_FAULT");
    size_t length = strlen(name);
    if (wanted == NULL || strncmp(wanted, name, length) != 0 || wanted[length] != ':')
        return;
    if (++passed == atoi(wanted + length + 1))
        raise(SIGKILL);
}
#else
typedef int fault_points_are_compiled_out;
#endif
