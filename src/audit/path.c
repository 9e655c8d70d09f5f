/* path.c - where a log lies when nobody said so. */
#include "audit/audit.h"
#include "audit/file.h"

#include <stdlib.h>
#include <string.h>

int audit_default_path(const char *name, struct arena *arena, const char **ret_path,
                       struct error *err)
{
    if (name[0] == '\0' || name[0] == '.' || strchr(name, '/') != NULL)
        return error_set(err, EXIT_USAGE, "\"%s\" cannot name an audit log", name);
    const char *logs = getenv("LOGS_DIRECTORY");
    if (logs != NULL && logs[0] == '/') {
        /* systemd lists several directories with colons; the first is the unit's own */
        *ret_path = arena_printf(arena, "%.*s/%s.jsonl", (int)strcspn(logs, ":"), logs, name);
        return 0;
    }
    const char *state = file_state_home(arena);
    if (state != NULL) {
        *ret_path = arena_printf(arena, "%s/pgretain/%s.jsonl", state, name);
        return 0;
    }
    error_set(err, EXIT_USAGE, "no place for the audit log: the environment has no HOME");
    return error_hint(err, "Name the file with --audit.");
}
