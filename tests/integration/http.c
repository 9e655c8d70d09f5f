/* http.c - a server that never answers, which a socket that nobody accepts on is. */
#include "http/http.h"

#include "base/instant.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int listen_on_loopback(unsigned *ret_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, length), 0);
    assert_int_equal(listen(fd, 1), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    *ret_port = ntohs(address.sin_port);
    return fd;
}

static void silence_ends_at_the_time_out(void **state)
{
    (void)state;
    unsigned port;
    char url[64];
    struct error err;
    struct buffer answer = {0};
    int fd = listen_on_loopback(&port);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", port);
    const struct http_request request = {.url = url,
                                         .content_type = "text/plain",
                                         .accept = "text/plain",
                                         .body = "?",
                                         .body_bytes = 1,
                                         .answer_bytes = 100,
                                         .connect_ms = 5000,
                                         .total_ms = 200};
    double begin = instant_monotonic_seconds();
    assert_int_equal(http_post(&request, &answer, &err), -1);
    assert_true(instant_monotonic_seconds() - begin >= 0.19);
    assert_int_equal(err.status, EXIT_FAILED);
    assert_non_null(strstr(err.message, "did not answer in time"));
    assert_int_equal(answer.length, 0);
    close(fd);
}

int main(void)
{
    setenv("no_proxy", "*", 1);
    const struct CMUnitTest tests[] = {cmocka_unit_test(silence_ends_at_the_time_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
