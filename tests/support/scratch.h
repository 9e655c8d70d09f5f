/*
 * scratch.h - files that tests write, in a directory that scripts/pg-temp removes
 */
#ifndef SUPPORT_SCRATCH_H
#define SUPPORT_SCRATCH_H

enum { SCRATCH_PATH = 1024 };

/* Makes a directory of this name, plus some random letters, under $PGTEMP. */
void scratch_make(const char *name, char ret_directory[SCRATCH_PATH]);
/* DIRECTORY/NAME */
void scratch_path(const char *directory, const char *name, char ret_path[SCRATCH_PATH]);
/* Writes the text, mode 0600, replacing what was there. */
void scratch_write(const char *path, const char *text);

#endif
