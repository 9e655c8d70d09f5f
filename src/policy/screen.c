/* screen.c - one pass over the bytes. */
#include "policy/screen.h"

#include "base/utf8.h"
#include "policy/foreign.h"
#include "policy/secret.h"
#include "policy/text.h"

#include <string.h>

static bool is_utf16(const struct reader *reader)
{
    return reader->length >= 2 &&
           (memcmp(reader->bytes, "\xff\xfe", 2) == 0 || memcmp(reader->bytes, "\xfe\xff", 2) == 0);
}

enum verdict { FINE, TAB, UNFIT };

static enum verdict judge(int32_t code, bool is_crlf)
{
    if (text_is_printable(code) || code == '\n' || (code == '\r' && is_crlf))
        return FINE;
    return code == '\t' ? TAB : UNFIT;
}

static void report_character(struct reader *reader, struct mark mark, int32_t code)
{
    if (code == -1)
        report_error(reader, mark, "Save the file as UTF-8.", "invalid UTF-8");
    else if (code == 0)
        report_error(reader, mark, "A policy is a text file in UTF-8.", "NUL byte");
    else if (code == '\t')
        report_error(reader, mark, "Indent and separate with spaces.", "tab character");
    else
        report_error(reader, mark,
                     "Lines end with LF or CR LF; other control characters have no "
                     "place in a policy.",
                     "control character U+%04X", (unsigned)code);
}

static void check_secrets(struct reader *reader)
{
    size_t start = 0, end;
    while (reader->diagnostics->count < DIAGNOSTICS_SHOWN &&
           secret_find(reader->bytes, reader->length, &start, &end)) {
        report_error(reader, text_mark_at(reader->bytes, reader->length, start),
                     "Keep it in a password file (~/.pgpass) or a service file.",
                     "a password does not belong into a policy");
        reader->has_secrets = true;
        start = end;
    }
}

bool screen_bytes(struct reader *reader)
{
    struct mark mark = {.line = 1, .column = 1};
    unsigned reported_line = 0;
    bool is_fit = true;
    if (is_utf16(reader)) {
        report_error(reader, (struct mark){0}, "Save the file as UTF-8.", "the file is UTF-16");
        return false;
    }
    if (reader->length >= 3 && memcmp(reader->bytes, "\xef\xbb\xbf", 3) == 0) {
        reader->bytes += 3;
        reader->length -= 3;
    }
    if (foreign_is(reader->bytes, reader->length)) {
        report_error(reader, (struct mark){0},
                     "A policy begins with \"pgretain: 1\"; pgretain-policy(5) describes what else "
                     "belongs into it, and \"pgretain init\" writes a first one.",
                     "this is no policy: the key \"pgretain\" is missing");
        return false;
    }
    for (size_t i = 0; i < reader->length;) {
        int32_t code;
        size_t size = utf8_decode(reader->bytes + i, reader->length - i, &code);
        bool is_crlf = i + 1 < reader->length && reader->bytes[i + 1] == '\n';
        enum verdict verdict = judge(code, is_crlf);
        is_fit = is_fit && verdict != UNFIT;
        reader->has_tabs = reader->has_tabs || verdict == TAB;
        if (verdict != FINE && mark.line != reported_line) {
            report_character(reader, mark, code);
            reported_line = mark.line;
        }
        mark.column++;
        if (code == '\n')
            mark = (struct mark){.line = mark.line + 1, .column = 1};
        i += size;
    }
    check_secrets(reader);
    return is_fit;
}
