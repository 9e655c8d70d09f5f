/* post.c - one request and its answer, by libcurl. */
#include "http/http.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

struct answer {
    struct buffer *bytes;
    size_t limit;
    bool too_long;
};

static size_t take(char *bytes, size_t size, size_t count, void *context)
{
    struct answer *answer = context;
    size_t length = size * count;
    if (length > answer->limit - answer->bytes->length) {
        answer->too_long = true;
        return 0;
    }
    buffer_add_bytes(answer->bytes, bytes, length);
    return length;
}

static bool set_up(CURL *curl, const struct http_request *request, struct curl_slist *headers,
                   struct answer *answer, char *reason)
{
    return curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_URL, request->url) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
           (request->ca_file == NULL ||
            (curl_easy_setopt(curl, CURLOPT_CAINFO, request->ca_file) == CURLE_OK &&
             curl_easy_setopt(curl, CURLOPT_CAPATH, NULL) == CURLE_OK)) &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, request->connect_ms) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, request->total_ms) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_USERAGENT, "pgretain/" PGRETAIN_VERSION) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_bytes) ==
               CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer) == CURLE_OK;
}

static int check_answer(CURL *curl, const struct http_request *request, const char *shown,
                        struct error *err)
{
    long status = 0;
    const char *type = NULL;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
    if (status >= 300 && status < 400)
        return error_set(err, EXIT_FAILED, "\"%s\" redirects, which is not followed", shown);
    if (status != 200)
        return error_set(err, EXIT_FAILED, "\"%s\" answers with HTTP status %ld", shown, status);
    size_t length = type == NULL ? 0 : strcspn(type, "; ");
    if (length != strlen(request->accept) || strncasecmp(type, request->accept, length) != 0)
        return error_set(err, EXIT_FAILED, "\"%s\" answers with something else than %s", shown,
                         request->accept);
    return 0;
}

static int perform(CURL *curl, const struct http_request *request, const char *shown,
                   struct curl_slist *headers, struct buffer *bytes, struct error *err)
{
    char reason[CURL_ERROR_SIZE] = "";
    struct answer answer = {.bytes = bytes, .limit = request->answer_bytes};
    if (headers == NULL || !set_up(curl, request, headers, &answer, reason))
        return error_set(err, EXIT_FAILED, "libcurl could not prepare a request");
    CURLcode code = curl_easy_perform(curl);
    if (answer.too_long)
        return error_set(err, EXIT_FAILED, "\"%s\" answers with more than %zu bytes", shown,
                         request->answer_bytes);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return error_set(err, EXIT_FAILED, "\"%s\" did not answer in time", shown);
    if (code == CURLE_OK)
        return check_answer(curl, request, shown, err);
    error_set(err, EXIT_FAILED, "could not reach \"%s\"", shown);
    return error_detail(err, "%s.", reason[0] == '\0' ? curl_easy_strerror(code) : reason);
}

static struct curl_slist *make_headers(const struct http_request *request, struct arena *arena)
{
    struct curl_slist *headers =
        curl_slist_append(NULL, arena_printf(arena, "Content-Type: %s", request->content_type));
    struct curl_slist *both =
        headers == NULL
            ? NULL
            : curl_slist_append(headers, arena_printf(arena, "Accept: %s", request->accept));
    if (both == NULL)
        curl_slist_free_all(headers);
    return both;
}

int http_post(const struct http_request *request, struct buffer *ret_answer, struct error *err)
{
    struct arena arena = {0};
    struct buffer bytes = {0};
    const char *shown;
    int result = http_check_url(request->url, &arena, &shown, err);
    CURL *curl = result == 0 ? curl_easy_init() : NULL;
    if (result == 0 && curl == NULL)
        result = error_set(err, EXIT_FAILED, "libcurl could not begin");
    if (result == 0) {
        struct curl_slist *headers = make_headers(request, &arena);
        result = perform(curl, request, shown, headers, &bytes, err);
        curl_slist_free_all(headers);
    }
    if (result == 0)
        buffer_add_bytes(ret_answer, bytes.data, bytes.length);
    curl_easy_cleanup(curl);
    buffer_free(&bytes);
    arena_free(&arena);
    return result;
}
