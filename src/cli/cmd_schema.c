/* cmd_schema.c - prints the JSON Schema that policies/pgretain.schema.json holds. */
#include "cli/cli_private.h"

#include <string.h>

extern const char schema_pgretain[];

int cmd_schema(struct options *options)
{
    struct buffer text = {0};
    if (options->argument_count > 0)
        return complain_usage("schema takes no argument");
    buffer_add(&text, schema_pgretain);
    int status = print_report(&text);
    buffer_free(&text);
    return status;
}
