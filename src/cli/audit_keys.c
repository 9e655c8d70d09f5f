/* audit_keys.c - a new key for a log. */
#include "cli/audit_verbs.h"

int audit_verb_keygen(struct options *options, const char **arguments, enum report_format format)
{
    struct error err;
    struct audit_key *key;
    struct note_key public;
    struct buffer vkey = {0};
    (void)options, (void)format;
    if (!note_name_fits(arguments[1]))
        return complain_usage("\"%s\" cannot name a log: printable ASCII without spaces and +",
                              arguments[1]);
    if (audit_key_make(arguments[0], &err) != 0 || audit_key_read(arguments[0], &key, &err) != 0)
        return complain(&err);
    audit_key_public(key, arguments[1], &public);
    note_key_add(&public, &vkey);
    buffer_add(&vkey, "\n");
    int status = print_report(&vkey);
    buffer_free(&vkey);
    audit_key_free(key);
    return status;
}
