/*
 * stamp.h - time stamps: request and answer as RFC 3161 has them, by libcrypto; no network
 */
#ifndef AUDIT_STAMP_H
#define AUDIT_STAMP_H

#include "base/buffer.h"
#include "base/instant.h"
#include "pgretain/error.h"

/* A request for one text, with a nonce of its own. */
struct stamp;

/* `der` is what to send. End with stamp_free(), which accepts NULL. Fails with EXIT_FAILED. */
int stamp_request(const char *text, size_t length, struct stamp **ret_stamp, struct buffer *der,
                  struct error *err);
void stamp_free(struct stamp *stamp);

/*
 * Whether an answer grants this request: status, version, imprint, nonce, and the signature by the
 * certificate that comes with it. With `ca_file` (PEM) that certificate has to be one for time
 * stamps of an authority in it, else whose it is stays open. `ret_at` is the instant that the
 * authority states. Fails with EXIT_FAILED, and EXIT_USAGE where `ca_file` cannot be read.
 */
int stamp_check(const struct stamp *stamp, const struct buffer *answer, const char *ca_file,
                char ret_at[INSTANT_TEXT], struct error *err);

#endif
