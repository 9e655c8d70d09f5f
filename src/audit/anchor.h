/*
 * anchor.h - a time stamp of the log's newest head, by somebody who has a clock and no interest
 */
#ifndef AUDIT_ANCHOR_H
#define AUDIT_ANCHOR_H

#include "audit/audit.h"
#include "base/instant.h"

struct anchor_request {
    const char *url;             /* of an RFC 3161 authority */
    const char *ca_file;         /* whose certificates its stamps need, or NULL: any */
    const char *tls_ca_file;     /* whom TLS trusts instead of the system's authorities, or NULL */
    const struct audit_key *key; /* signs the heads that are written, or NULL */
};

struct anchor {
    const char *file;      /* NAME.<records>.tsr */
    int64_t records;       /* of the head */
    char at[INSTANT_TEXT]; /* that the authority states */
};

/*
 * Writes a head where the newest is not of all records, has its bytes stamped, keeps the checked
 * answer as a new file beside the log (0600, synced), and records that. The log is locked
 * meanwhile, for the half minute at most that the authority has. Fails as audit_open() does; with
 * EXIT_REFUSED for a log whose last line is torn or where the file is there; and as http_post()
 * does. Nothing is kept of an answer that is not good.
 */
int audit_anchor(const char *path, const struct anchor_request *request, struct arena *arena,
                 struct anchor *ret_anchor, struct error *err);

#endif
