/* audit_verbs.h - what the command audit can do; each verb returns the exit status */
#ifndef CLI_AUDIT_VERBS_H
#define CLI_AUDIT_VERBS_H

#include "audit/key.h"
#include "cli/cli_private.h"

/* `arguments` are those after the verb, as many as its usage says. */
int audit_verb_verify(struct options *options, const char **arguments, enum report_format format);
int audit_verb_show(struct options *options, const char **arguments, enum report_format format);
int audit_verb_keygen(struct options *options, const char **arguments, enum report_format format);
int audit_verb_prove(struct options *options, const char **arguments, enum report_format format);
int audit_verb_verify_proof(struct options *options, const char **arguments,
                            enum report_format format);
int audit_verb_rotate(struct options *options, const char **arguments, enum report_format format);
int audit_verb_anchor(struct options *options, const char **arguments, enum report_format format);
int audit_verb_prune(struct options *options, const char **arguments, enum report_format format);

/* The keys of --key: vkeys, or files with one a line. Prints what is wrong. */
int audit_read_keys(struct options *options, struct note_key **ret_keys, size_t *ret_count);

#endif
