/* limits.h - the options that hold a run back or end it (private to this room) */
#ifndef CLI_LIMITS_H
#define CLI_LIMITS_H

#include "cli/cli_private.h"
#include "enforce/enforce.h"

/* Reads --for, --until, --max-rows, --rehearse, --max-lag, --max-latency and --rate; an exit
 * status, after a message. --until is echoed on stderr in UTC. */
int limits_parse(const struct options *options, struct enforce_options *enforce);

/* Such as 90s or 1h30m, for the option of this name; an exit status, after a message. */
int limits_duration(const char *option, const char *text, double *ret_seconds);

#endif
