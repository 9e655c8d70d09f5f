/*
 * repository.c - files as a code host names them: from the root of their repository
 */
#include "cli/cli_private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* `path` below `folder`, or NULL. */
static const char *below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    if (strncmp(path, folder, length) != 0 || path[length] != '/')
        return NULL;
    return path + length + 1;
}

/* From the nearest folder above that holds ".git", a folder or in a worktree a file; or NULL. */
static const char *from_root(const char *path, struct arena *arena)
{
    char *folder = arena_strdup(arena, path);
    for (char *slash = strrchr(folder, '/'); slash != NULL; slash = strrchr(folder, '/')) {
        *slash = '\0';
        if (access(arena_printf(arena, "%s/.git", folder), F_OK) == 0)
            return below(path, folder);
    }
    return NULL;
}

const char *path_in_repository(const char *file, struct arena *arena)
{
    char *real = realpath(file, NULL), *here = realpath(".", NULL);
    const char *path = file;
    if (real != NULL) {
        const char *copy = arena_strdup(arena, real);
        path = from_root(copy, arena);
        if (path == NULL && here != NULL)
            path = below(copy, here);
        if (path == NULL)
            path = copy;
    }
    free(real);
    free(here);
    return path;
}
