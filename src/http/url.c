/* url.c - which URLs are spoken to, and what of them may be shown. */
#include "http/http.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <string.h>

static bool has_part(CURLU *parts, CURLUPart part)
{
    char *text = NULL;
    bool found = curl_url_get(parts, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return found;
}

static bool is_spoken(CURLU *parts)
{
    char *scheme = NULL;
    bool spoken = curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                  (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
    curl_free(scheme);
    return spoken;
}

static int check(CURLU *parts, const char *url, struct arena *arena, const char **ret_shown,
                 struct error *err)
{
    char *shown = NULL;
    if (curl_url_set(parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK ||
        !is_spoken(parts)) {
        error_set(err, EXIT_USAGE, "not a URL of http or https");
        return error_hint(err, "Write http://HOST/PATH or https://HOST/PATH.");
    }
    if (has_part(parts, CURLUPART_USER) || has_part(parts, CURLUPART_PASSWORD)) {
        error_set(err, EXIT_USAGE, "a URL with a user name or password is not accepted");
        return error_hint(err, "Other users of the machine can read a command line.");
    }
    curl_url_set(parts, CURLUPART_QUERY, NULL, 0);
    curl_url_set(parts, CURLUPART_FRAGMENT, NULL, 0);
    if (curl_url_get(parts, CURLUPART_URL, &shown, 0) != CURLUE_OK)
        return error_set(err, EXIT_USAGE, "not a URL of http or https");
    *ret_shown = arena_strdup(arena, shown);
    curl_free(shown);
    return 0;
}

int http_check_url(const char *url, struct arena *arena, const char **ret_shown, struct error *err)
{
    CURLU *parts = curl_url();
    if (parts == NULL)
        return error_set(err, EXIT_FAILED, "libcurl could not begin");
    int result = check(parts, url, arena, ret_shown, err);
    curl_url_cleanup(parts);
    return result;
}
