/*
 * fuzz_audit.c - audit_verify() on arbitrary bytes
 *
 * Random bytes never have the right hashes, so on every second input each line's `prev` and `seq`
 * are set right first: that is the way to what records mean together. What is accepted must be
 * accepted again and be walked line by line.
 */
#include "audit/audit.h"
#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_line(struct buffer *out, const char *line, size_t length, size_t number,
                     char hash[SHA256_HEX])
{
    static const char prev_key[] = "\"prev\":\"";
    static const char seq_key[] = "\"seq\":";
    struct buffer whole = {0};
    buffer_add_bytes(&whole, line, length);
    size_t prev_bytes = sizeof prev_key - 1;
    char *prev = memmem(whole.data, whole.length, prev_key, prev_bytes);
    if (prev != NULL && (size_t)(whole.data + whole.length - prev) > prev_bytes + SHA256_HEX)
        memcpy(prev + prev_bytes, hash, SHA256_HEX - 1);
    size_t start = out->length;
    char *seq = memmem(whole.data, whole.length, seq_key, sizeof seq_key - 1);
    if (seq != NULL) {
        size_t behind = (size_t)(seq - whole.data) + sizeof seq_key - 1;
        buffer_add_bytes(out, whole.data, behind);
        buffer_addf(out, "%zu", number);
        behind += strspn(whole.data + behind, "0123456789");
        buffer_add_bytes(out, whole.data + behind, whole.length - behind);
    } else {
        buffer_add_bytes(out, whole.data, whole.length);
    }
    sha256_hex(out->data + start, out->length - start, hash);
    buffer_free(&whole);
}

static void make_chain(struct buffer *out, const char *text, size_t length)
{
    char hash[SHA256_HEX] = "0000000000000000000000000000000000000000000000000000000000000000";
    size_t number = 0;
    while (length > 0) {
        const char *newline = memchr(text, '\n', length);
        size_t line = newline == NULL ? length : (size_t)(newline - text);
        if (line > 0)
            add_line(out, text, line, number++, hash);
        if (newline == NULL)
            return;
        buffer_add(out, "\n");
        text = newline + 1;
        length -= line + 1;
    }
}

static int count_line(void *context, int64_t number, const char *line, size_t length)
{
    (void)line;
    (void)length;
    *(int64_t *)context = number;
    return 0;
}

static void check(const char *path)
{
    struct arena arena = {0};
    struct audit_state first, second;
    struct error err = {0};
    int64_t lines = 0;
    if (audit_verify(path, &arena, &first, &err) == 0) {
        if (audit_verify(path, &arena, &second, &err) != 0 ||
            audit_walk(path, count_line, &lines, &err) != 0 || lines != first.records ||
            strcmp(first.head, second.head) != 0)
            abort();
    } else if (err.status != EXIT_AUDIT || err.message[0] == '\0') {
        abort();
    }
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    struct buffer bytes = {0};
    if (size == 0)
        return 0;
    if (data[0] % 2 == 0)
        buffer_add_bytes(&bytes, data + 1, size - 1);
    else
        make_chain(&bytes, (const char *)data + 1, size - 1);
    int fd = memfd_create("audit", MFD_CLOEXEC);
    if (fd < 0 || write(fd, buffer_text(&bytes), bytes.length) != (ssize_t)bytes.length)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    check(path);
    close(fd);
    buffer_free(&bytes);
    return 0;
}
