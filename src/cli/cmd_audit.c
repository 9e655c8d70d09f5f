/*
 * cmd_audit.c - the verbs of the command audit
 */
#include "cli/audit_verbs.h"

#include <string.h>

static const struct {
    const char *name;
    const char *arguments;
    size_t least, most;
    int (*run)(struct options *options, const char **arguments, enum report_format format);
} verbs[] = {
    {"verify", "FILE", 1, 1, audit_verb_verify},
    {"show", "FILE", 1, 1, audit_verb_show},
    {"prove", "FILE SEQ, or FILE --head=OLD", 1, 2, audit_verb_prove},
    {"verify-proof", "FILE", 1, 1, audit_verb_verify_proof},
    {"rotate", "FILE", 1, 1, audit_verb_rotate},
    {"anchor", "FILE URL", 2, 2, audit_verb_anchor},
    {"prune", "POLICY", 1, 1, audit_verb_prune},
    {"keygen", "FILE NAME", 2, 2, audit_verb_keygen},
};

int cmd_audit(struct options *options)
{
    enum report_format format;
    int status = parse_format(options, 1 << REPORT_TEXT | 1 << REPORT_JSON, &format);
    if (status != 0)
        return status;
    const char *name = options->argument_count == 0 ? "" : options->arguments[0];
    struct buffer names = {0};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        buffer_addf(&names, "%s%s", i == 0 ? "" : "|", verbs[i].name);
        if (strcmp(verbs[i].name, name) != 0)
            continue;
        buffer_free(&names);
        if (options->argument_count < verbs[i].least + 1 ||
            options->argument_count > verbs[i].most + 1)
            return complain_usage("usage: pgretain audit %s %s", name, verbs[i].arguments);
        return verbs[i].run(options, options->arguments + 1, format);
    }
    status = *name == '\0'
                 ? complain_usage("usage: pgretain audit %s ...", buffer_text(&names))
                 : complain_usage("unknown audit command \"%s\": %s", name, buffer_text(&names));
    buffer_free(&names);
    return status;
}
