/*
 * screen.h - refuses bytes that no policy needs, before anything is parsed
 */
#ifndef POLICY_SCREEN_H
#define POLICY_SCREEN_H

#include "policy/reader.h"

#include <stdbool.h>

/*
 * Looks through reader->bytes for invalid UTF-8, UTF-16, NUL and other control characters, line
 * breaks other than LF and CR LF, tabs and passwords, unless the file is foreign altogether. A
 * UTF-8 byte order mark is stepped over. Returns whether the rest is fit to be parsed.
 */
bool screen_bytes(struct reader *reader);

#endif
