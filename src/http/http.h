/*
 * http.h - requests to other people's servers
 *
 * Bounded in time and size; TLS is always verified, redirects are not followed, and nothing but
 * http and https is spoken. Proxies are those of the environment (http_proxy, https_proxy,
 * no_proxy). An answer is other people's material: it is handed on and never shown.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/arena.h"
#include "base/buffer.h"
#include "pgretain/error.h"

struct http_request {
    const char *url;
    const char *content_type, *accept;
    const void *body;
    size_t body_bytes;
    const char *ca_file; /* PEM: whom TLS trusts instead of the system's authorities, or NULL */
    size_t answer_bytes; /* that the answer may have at most */
    long connect_ms, total_ms;
};

/*
 * Checks that a URL is one of http or https, and without a user name or password: a command line is
 * for everybody to see. `ret_shown` is the URL without its query, which may be a secret too. Fails
 * with EXIT_USAGE, without showing the URL.
 */
int http_check_url(const char *url, struct arena *arena, const char **ret_shown, struct error *err);

/*
 * POSTs the body and adds the answer to `ret_answer`. Fails with EXIT_FAILED, also for every HTTP
 * status but 200 and an answer of another type than `accept`, and with EXIT_USAGE for a URL that
 * http_check_url() refuses.
 */
int http_post(const struct http_request *request, struct buffer *ret_answer, struct error *err);

#endif
